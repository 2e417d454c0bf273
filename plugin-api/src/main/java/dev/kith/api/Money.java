package dev.kith.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Pattern;

/**
 * An amount of money: minor units and an ISO 4217 currency. In JSON {@code {"value": "12.34",
 * "currency": "CNY"}} with exactly the currency's number of decimals.
 *
 * {@snippet :
 * var price = Money.of("199.90", "CNY");
 * price.minorUnits(); // 19990
 * }
 *
 * @param minorUnits for example cents; at most 15 digits
 */
public record Money(@JsonIgnore long minorUnits, Currency currency) {

    public static final long MINOR_UNITS_MAX = 999_999_999_999_999L;

    private static final String TOO_LARGE = "an amount has at most 15 digits";
    private static final Pattern VALUE = Pattern.compile("-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,4})?");

    public Money {
        if (minorUnits > MINOR_UNITS_MAX || minorUnits < -MINOR_UNITS_MAX) {
            throw new IllegalArgumentException(TOO_LARGE);
        }
        checkPayable(currency);
    }

    private static void checkPayable(Currency currency) {
        if (currency.getDefaultFractionDigits() < 0) {
            throw new IllegalArgumentException(currency + " is not a currency of payment");
        }
    }

    /**
     * @throws IllegalArgumentException if the currency is unknown or has other decimals
     */
    public static Money of(String value, String currency) {
        var known = known(currency);
        checkPayable(known);
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("not an amount, such as \"12.34\"");
        }
        var amount = new BigDecimal(value);
        var decimals = known.getDefaultFractionDigits();
        if (amount.scale() != decimals) {
            throw new IllegalArgumentException("%s has %d decimals".formatted(known, decimals));
        }
        var minorUnits = amount.unscaledValue();
        if (minorUnits.bitLength() >= Long.SIZE) {
            throw new IllegalArgumentException(TOO_LARGE);
        }
        return new Money(minorUnits.longValue(), known);
    }

    @JsonCreator
    static Money fromJson(
            @JsonProperty(value = "value", required = true) String value,
            @JsonProperty(value = "currency", required = true) String currency) {
        return of(value, currency);
    }

    /** The amount as JSON has it, with exactly the currency's decimals. */
    @JsonProperty
    public String value() {
        return amount().toPlainString();
    }

    /** The amount in whole units, with the currency's decimals. */
    public BigDecimal amount() {
        return BigDecimal.valueOf(minorUnits, currency.getDefaultFractionDigits());
    }

    private static Currency known(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not an ISO 4217 currency code", e);
        }
    }
}
