package dev.kith.core.contact;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;

/**
 * Phone numbers as E.164. A number that no plan knows is refused; an extension is refused too,
 * because E.164 cannot carry one and dropping it would reach somebody else.
 */
public final class Phones {

    /** Characters of a number as it is written, blanks and brackets included. */
    public static final int LENGTH_MAX = 40;

    public sealed interface Result permits Phone, Refusal {}

    /**
     * @param e164 {@code +8613800138000}
     */
    public record Phone(String e164) implements Result {}

    public enum Refusal implements Result {
        NOT_A_NUMBER,
        TOO_LONG,
        /** Written without + in a deployment that has no region. */
        COUNTRY_UNKNOWN,
        EXTENSION,
        /** The digits fit no numbering plan. */
        IMPOSSIBLE
    }

    private Phones() {}

    /**
     * @param region ISO 3166 code of where a number without + is dialled from, or {@code ZZ}
     */
    public static Result normalise(String text, String region) {
        if (text.length() > LENGTH_MAX) {
            return Refusal.TOO_LONG;
        }
        var util = PhoneNumberUtil.getInstance();
        try {
            var number = util.parse(text, region);
            if (number.hasExtension()) {
                return Refusal.EXTENSION;
            }
            return util.isPossibleNumber(number)
                    ? new Phone(util.format(number, PhoneNumberFormat.E164))
                    : Refusal.IMPOSSIBLE;
        } catch (NumberParseException e) {
            return switch (e.getErrorType()) {
                case INVALID_COUNTRY_CODE -> Refusal.COUNTRY_UNKNOWN;
                case TOO_LONG, TOO_SHORT_NSN, TOO_SHORT_AFTER_IDD -> Refusal.IMPOSSIBLE;
                case NOT_A_NUMBER -> Refusal.NOT_A_NUMBER;
            };
        }
    }

    /** As it is dialled at home, {@code 01065529988} of {@code 861065529988}. */
    public static String withTrunkPrefix(String digits) {
        return switch (digits.charAt(0)) {
            case '1' -> digits;
            case '7' -> "8" + digits.substring(1);
            default -> "0" + digits.substring(countryCodeLength(digits));
        };
    }

    // ITU-T E.164: zones 1 and 7 are one country code each, these have two digits, all others
    // three.
    private static int countryCodeLength(String digits) {
        return switch (digits.substring(0, 2)) {
            case "20",
                    "27",
                    "30",
                    "31",
                    "32",
                    "33",
                    "34",
                    "36",
                    "39",
                    "40",
                    "41",
                    "43",
                    "44",
                    "45",
                    "46",
                    "47",
                    "48",
                    "49",
                    "51",
                    "52",
                    "53",
                    "54",
                    "55",
                    "56",
                    "57",
                    "58",
                    "60",
                    "61",
                    "62",
                    "63",
                    "64",
                    "65",
                    "66",
                    "81",
                    "82",
                    "84",
                    "86",
                    "90",
                    "91",
                    "92",
                    "93",
                    "94",
                    "95",
                    "98" ->
                    2;
            default -> 3;
        };
    }
}
