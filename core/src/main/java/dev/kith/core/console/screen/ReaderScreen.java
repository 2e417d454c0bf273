package dev.kith.core.console.screen;

import dev.kith.api.Money;
import dev.kith.api.Screen;
import dev.kith.core.area.Messages;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** One reader's language, the deployment's time zone, and the texts of one area over core's. */
public final class ReaderScreen implements Screen {

    private final Messages own;
    private final Messages core;
    private final Locale locale;
    private final ZoneId zone;
    private final String csrf;

    public ReaderScreen(Messages own, Messages core, Locale locale, ZoneId zone, String csrf) {
        this.own = own;
        this.core = core;
        this.locale = locale;
        this.zone = zone;
        this.csrf = csrf;
    }

    /** The same reader before the texts of another area. */
    ReaderScreen of(Messages other) {
        return new ReaderScreen(other, core, locale, zone, csrf);
    }

    @Override
    public Locale locale() {
        return locale;
    }

    @Override
    public String text(String key, Object... arguments) {
        var texts = own.find(locale, key).isPresent() ? own : core;
        return texts.text(locale, key, arguments);
    }

    @Override
    public String time(Instant instant) {
        return format(chinese() ? "uuuu年M月d日 HH:mm" : "d MMM uuuu, HH:mm", instant);
    }

    /** A day without its time. */
    public String day(Instant instant) {
        return format(chinese() ? "uuuu年M月d日" : "d MMM uuuu", instant);
    }

    /** A day of the calendar. */
    public String day(LocalDate date) {
        return format(chinese() ? "uuuu年M月d日" : "d MMM uuuu", date);
    }

    /** A day of this year. */
    public String shortDay(LocalDate date) {
        return format(chinese() ? "M月d日" : "d MMM", date);
    }

    @Override
    public String number(long value) {
        return NumberFormat.getIntegerInstance(locale).format(value);
    }

    @Override
    public String money(Money money) {
        var format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(money.currency());
        var decimals = money.currency().getDefaultFractionDigits();
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        return format.format(money.amount());
    }

    @Override
    public String csrf() {
        return csrf;
    }

    private String format(String pattern, TemporalAccessor moment) {
        return DateTimeFormatter.ofPattern(pattern, locale).withZone(zone).format(moment);
    }

    private boolean chinese() {
        return locale.getLanguage().equals("zh");
    }
}
