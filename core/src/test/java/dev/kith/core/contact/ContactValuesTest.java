package dev.kith.core.contact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactValuesTest {

    @ParameterizedTest
    @CsvSource({
        "138 0013 8000, CN, +8613800138000", "+86 138-0013-8000, US, +8613800138000",
        "０１０－６５５２９９８８, CN, +861065529988", "(415) 555-2671, US, +14155552671",
        "07400 123456, GB, +447400123456", "+39 06 698 12345, CN, +390669812345",
        "tel:+1-415-555-2671, CN, +14155552671", "00 86 13800138000, GB, +8613800138000"
    })
    void a_phone_however_written_is_one_number(String written, String region, String e164) {
        assertThat(Phones.normalise(written, region)).isEqualTo(new Phones.Phone(e164));
    }

    @ParameterizedTest
    @CsvSource({
        "hello, CN, NOT_A_NUMBER",
        "'', CN, NOT_A_NUMBER",
        "123, CN, IMPOSSIBLE",
        "13800138000, ZZ, COUNTRY_UNKNOWN",
        "+999 123456789, CN, COUNTRY_UNKNOWN",
        "+86 10 6552 9988 ext. 12, CN, EXTENSION",
        "1380013800013800138000, CN, IMPOSSIBLE",
        "+861, CN, IMPOSSIBLE"
    })
    void what_is_no_phone_is_refused_with_the_reason(
            String written, String region, Phones.Refusal why) {
        assertThat(Phones.normalise(written, region)).isEqualTo(why);
    }

    @Test
    void a_phone_has_a_longest_form() {
        assertThat(Phones.normalise("1".repeat(41), "CN")).isEqualTo(Phones.Refusal.TOO_LONG);
    }

    @ParameterizedTest
    @CsvSource({
        "' Zhang.Wei@Example.COM ', Zhang.Wei@example.com, zhang.wei@example.com",
        "a@例子.中国, a@xn--fsqu00a.xn--fiqs8s, a@xn--fsqu00a.xn--fiqs8s",
        "o'brien+tag@sub.example.co.uk, o'brien+tag@sub.example.co.uk, o'brien+tag@sub.example.co.uk",
        "张伟@example.cn, 张伟@example.cn, 张伟@example.cn",
        "a@１６３.ＣＯＭ, a@163.com, a@163.com"
    })
    void an_email_keeps_its_local_part_and_gets_an_ascii_domain(
            String written, String text, String comparable) {
        var address = (Emails.Address) Emails.normalise(written);
        assertThat(address.text()).isEqualTo(text);
        assertThat(address.comparable()).isEqualTo(comparable);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "a@",
                "@b.c",
                "a b@example.com",
                "a..b@example.com",
                ".a@example.com",
                "a.@example.com",
                "a@b@example.com",
                "\"a\"@example.com",
                "a<b>@example.com",
                "a\n@example.com",
                "a,b@example.com"
            })
    void what_is_no_email_is_refused(String written) {
        assertThat(Emails.normalise(written)).isEqualTo(Emails.Refusal.NOT_AN_ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@localhost",
                "a@example..com",
                "a@-example.com",
                "a@exa_mple.com",
                "a@[127.0.0.1]",
                "a@1.2.3.4",
                "a@example.com.",
                "a@exam ple.com"
            })
    void a_domain_that_mail_cannot_reach_is_refused(String written) {
        assertThat(Emails.normalise(written)).isEqualTo(Emails.Refusal.BAD_DOMAIN);
    }

    @Test
    void an_email_keeps_to_the_limits_of_smtp() {
        var local = "a".repeat(64);
        assertThat(Emails.normalise(local + "@example.com")).isInstanceOf(Emails.Address.class);
        assertThat(Emails.normalise(local + "a@example.com")).isEqualTo(Emails.Refusal.TOO_LONG);
        assertThat(Emails.normalise("张".repeat(22) + "@example.com"))
                .isEqualTo(Emails.Refusal.TOO_LONG);
        assertThat(Emails.normalise("a@" + "b.".repeat(200) + "com"))
                .isEqualTo(Emails.Refusal.TOO_LONG);
    }
}
