package dev.kith.messages;

import dev.kith.messages.MessagesConfig.Security;
import dev.kith.messages.MessagesConfig.Smtp;
import dev.kith.messages.Outgoing.Outcome;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a message to an SMTP server (RFC 5321). */
final class MailCarrier implements Carriers.Carrier {

    private static final Logger LOG = LoggerFactory.getLogger(MailCarrier.class);

    private final Smtp smtp;

    MailCarrier(Smtp smtp) {
        this.smtp = smtp;
    }

    /**
     * @throws IllegalArgumentException if it is no address
     */
    static void requireSender(String from) {
        try {
            var addresses = InternetAddress.parse(from, true);
            if (addresses.length != 1) {
                throw new IllegalArgumentException("from is one address");
            }
            addresses[0].validate();
        } catch (AddressException e) {
            throw new IllegalArgumentException("from is no e-mail address", e);
        }
    }

    @Override
    public Outcome carry(Outgoing message) throws MessagingException {
        var session = Session.getInstance(properties());
        var mail = mail(session, message);
        if (mail == null) {
            return new Outcome.Refused(message.channel());
        }
        var transport = (SMTPTransport) session.getTransport();
        try {
            var password = smtp.password();
            var user = smtp.user();
            transport.connect(
                    user == null || user.isEmpty() ? null : user,
                    password == null ? null : password.reveal());
            transport.sendMessage(mail, mail.getAllRecipients());
        } catch (SendFailedException e) {
            if (forGood(e)) {
                return new Outcome.Refused(message.channel());
            }
            throw e;
        } finally {
            close(transport);
        }
        return new Outcome.Taken(message.channel());
    }

    // The message has been taken or not by then; how the goodbye goes changes nothing.
    private static void close(SMTPTransport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            LOG.debug("goodbye to the SMTP server failed: {}", e.getClass().getSimpleName());
        }
    }

    /**
     * A 5xx about the recipient or the message. One about the sender is the operator's to mend, and
     * would refuse every message, so those wait.
     */
    private static boolean forGood(SendFailedException failure) {
        for (Exception at = failure; at != null; at = next(at)) {
            switch (at) {
                case SMTPSenderFailedException sender -> {
                    return false;
                }
                case SMTPAddressFailedException address -> {
                    return address.getReturnCode() >= 500;
                }
                case SMTPSendFailedException sent when sent.getReturnCode() >= 500 -> {
                    return !(sent.getNextException() instanceof SMTPSenderFailedException);
                }
                default -> {}
            }
        }
        return false;
    }

    private static @Nullable Exception next(Exception at) {
        return at instanceof MessagingException more ? more.getNextException() : null;
    }

    private Properties properties() {
        var properties = new Properties();
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", smtp.host());
        properties.put("mail.smtp.port", String.valueOf(smtp.port()));
        properties.put(
                "mail.smtp.auth", String.valueOf(smtp.user() != null && !smtp.user().isEmpty()));
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.smtp.allow8bitmime", "true");
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.enable", String.valueOf(smtp.security() == Security.TLS));
        var startTls = String.valueOf(smtp.security() == Security.START_TLS);
        properties.put("mail.smtp.starttls.enable", startTls);
        properties.put("mail.smtp.starttls.required", startTls);
        return properties;
    }

    /** Null if the address is none. */
    private @Nullable MimeMessage mail(Session session, Outgoing message)
            throws MessagingException {
        InternetAddress to;
        try {
            to = new InternetAddress(message.address(), true);
        } catch (AddressException e) {
            return null;
        }
        var from = new InternetAddress(smtp.from(), true);
        var host = from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
        var id = "<%s.%s@%s>".formatted(message.messageId(), message.delivery(), host);
        var mail =
                new MimeMessage(session) {
                    @Override
                    protected void updateMessageID() throws MessagingException {
                        setHeader("Message-ID", id);
                    }
                };
        mail.setFrom(from);
        mail.setRecipient(Message.RecipientType.TO, to);
        mail.setSubject(message.content().subject(), "UTF-8");
        mail.setSentDate(Date.from(message.at()));
        mail.setHeader("Content-Language", message.language().tag());
        mail.setHeader("Auto-Submitted", "auto-generated");
        var unsubscribe = message.unsubscribe();
        if (unsubscribe != null) {
            mail.setHeader("List-Unsubscribe", "<" + unsubscribe + ">");
            mail.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        fill(mail, message.content());
        mail.saveChanges();
        return mail;
    }

    private static void fill(MimeMessage mail, Outgoing.Rendered content)
            throws MessagingException {
        if (content.html() == null) {
            mail.setText(content.text(), "UTF-8");
            return;
        }
        var text = new MimeBodyPart();
        text.setText(content.text(), "UTF-8");
        var html = new MimeBodyPart();
        html.setText(content.html(), "UTF-8", "html");
        mail.setContent(new MimeMultipart("alternative", text, html));
    }
}
