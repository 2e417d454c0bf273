package dev.kith.core.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SignatureTest {

    @Test
    void the_example_that_everybody_s_library_is_tested_with_is_signed_alike() {
        var secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        var body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

        var signature =
                Signature.of(List.of(secret), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330L, body);

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void secrets_are_long_and_never_the_same() {
        var one = Signature.newSecret();

        assertThat(one).startsWith("whsec_").isNotEqualTo(Signature.newSecret());
        assertThat(Base64.getDecoder().decode(one.substring(6))).hasSizeBetween(24, 64);
    }
}
