package dev.kith.messages;

import dev.kith.messages.Template.Wording;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The templates that other areas name, as long as nobody has written their own. */
final class BuiltIn {

    private static final String LINK = "https://crm.example.com/public/…";

    private static final Map<String, Template> ALL = new TreeMap<>();

    static {
        add(
                "complaints.received",
                new Wording(
                        "We have received your complaint {{receipt}}",
                        "Thank you for telling us. Your receipt number is {{receipt}}.\n\n"
                                + "How it stands: {{link}}\n",
                        null),
                new Wording(
                        "我们已收到您的投诉 {{receipt}}",
                        "感谢您的反馈，您的受理编号是 {{receipt}}。\n\n查看处理进度：{{link}}\n",
                        null),
                Map.of("receipt", "C-7F3K", "link", LINK));
        add(
                "complaints.resolved",
                new Wording(
                        "Your complaint {{receipt}} is resolved",
                        "Your complaint {{receipt}} is resolved.\n\n"
                                + "What was done, and how to tell us if it is not: {{link}}\n",
                        null),
                new Wording(
                        "您的投诉 {{receipt}} 已解决",
                        "您的投诉 {{receipt}} 已解决。\n\n查看结果，如有异议也请在此告诉我们：{{link}}\n",
                        null),
                Map.of("receipt", "C-7F3K", "link", LINK));
        add(
                "surveys.invitation",
                new Wording(
                        "{{title}}",
                        "Would you answer a few questions? It takes a minute.\n\n{{link}}\n\n"
                                + "The link is yours alone and works until {{expiresAt}}.\n",
                        null),
                new Wording(
                        "{{title}}",
                        "想请您花一分钟回答几个问题。\n\n{{link}}\n\n此链接仅供您本人使用，有效期至 {{expiresAt}}。\n",
                        null),
                Map.of(
                        "title",
                        "How was your visit?",
                        "link",
                        LINK,
                        "expiresAt",
                        "2026-05-03T10:00:00Z"));
        add(
                "surveys.followUpSolved",
                new Wording(
                        "What we did about your answer",
                        "You told us what was not right. This is what we did:\n\n{{text}}\n",
                        null),
                new Wording("关于您的反馈，我们做了这些", "您曾告诉我们哪里不好，我们已作出处理：\n\n{{text}}\n", null),
                Map.of("text", "The coffee machine was repaired."));
        add(
                "places.promotion",
                new Wording(
                        "{{promotion}}",
                        "You are near us, and this is for you: {{promotion}}.\n",
                        null),
                new Wording("{{promotion}}", "您就在我们附近，这是为您准备的：{{promotion}}。\n", null),
                Map.of("promotion", "Free coffee until noon"));
    }

    private BuiltIn() {}

    private static void add(String name, Wording en, Wording zhCn, Map<String, String> sample) {
        ALL.put(name, new Template(name, true, en, zhCn, sample, 0));
    }

    static Optional<Template> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    static List<Template> list() {
        return List.copyOf(ALL.values());
    }
}
