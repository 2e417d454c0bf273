package dev.kith.hello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.testkit.PluginContract;
import org.junit.jupiter.api.Test;

final class HelloTest extends PluginContract {

    @Test
    void greets_whoever_is_named() {
        var answer = crm.as("hello:read").get("/hello/greetings/Ada").expect(200);
        assertThat(answer.text("/text")).isEqualTo("Hello, Ada!");
    }

    @Test
    void speaks_the_readers_language() {
        var page = crm.console().with("Accept-Language", "zh-CN").get("/console/hello");
        assertThat(page.expect(200).body()).contains("你好");
    }
}
