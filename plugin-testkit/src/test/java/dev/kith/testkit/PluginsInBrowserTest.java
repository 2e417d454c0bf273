package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.packages.signature.PublicKeyText;
import dev.kith.core.packages.signature.SigningKey;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Installing and removing at the console, as an operator does it. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
final class PluginsInBrowserTest {

    private static final SigningKey KEY = SigningKey.generate();

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withPlugins()
                    .serverSetting("plugins.trustedKeys", PublicKeyText.of(KEY.publicKey()));

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh-CN"})
    void a_package_is_uploaded_looked_at_installed_removed_and_restored(String language) {
        var id = language.equals("en") ? "keeper" : "quiet";
        var browser = crm.browser().in(language);
        try (var tab = browser.tab()) {
            choose(tab, unsigned(id)).until("document.querySelector('.alert-danger')");
            BrowserTour.look(browser, tab, "/console-package-refused", 200);
            assertThat(tab.count("button[data-api$='/install']")).isZero();

            choose(tab, Packed.signed(unsigned(id), KEY));
            tab.until("document.querySelector(\"button[data-api$='/install']\")");
            BrowserTour.look(browser, tab, "/console-package", 200);
            tab.click("button[data-api$='/install']")
                    .until("location.pathname === '/console/plugins'");
            assertThat(state(id)).isEqualTo("running");

            tab.click("details:has(form[data-api*='/%s/']) summary".formatted(id));
            BrowserTour.look(browser, tab, "/console-plugins-remove", 200);
            tab.click("form[data-api*='/%s/'] input[name=purge]".formatted(id));
            var restore = "button[data-api*='/%s/restore']".formatted(id);
            tab.click("form[data-api*='/%s/'] button".formatted(id))
                    .until("document.querySelector(\"%s\")".formatted(restore));
            BrowserTour.look(browser, tab, "/console-plugins-removed", 200);
            crm.admin().get("/plugins/" + id).expect(404);
            tab.click(restore).until("!document.querySelector(\"%s\")".formatted(restore));
            assertThat(state(id)).isEqualTo("running");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    private static String state(String id) {
        return crm.admin().get("/plugins/" + id).expect(200).text("/state");
    }

    private static Path unsigned(String id) {
        return id.equals("keeper")
                ? Packed.unsigned(id, "1.0.0", Keeper.class, Map.of("V1__a.sql", Keeper.TABLE))
                : Packed.unsigned(id, "1.0.0", Samples.Quiet.class, Map.of());
    }

    /** Puts a file into the field and asks for its plan. */
    private static Tab choose(Tab tab, Path jar) {
        tab.open("/console/plugins");
        tab.evaluate(
                """
                (() => {
                    const bytes = Uint8Array.from(atob('%s'), c => c.charCodeAt(0));
                    const chosen = new DataTransfer();
                    chosen.items.add(new File([bytes], 'plugin.jar'));
                    document.querySelector('#package').files = chosen.files;
                })()\
                """
                        .formatted(Base64.getEncoder().encodeToString(Packed.bytes(jar))));
        return tab.click("form[data-upload] button")
                .until("location.pathname.includes('/packages/')");
    }
}
