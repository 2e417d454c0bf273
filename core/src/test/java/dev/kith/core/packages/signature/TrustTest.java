package dev.kith.core.packages.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.core.packages.Archive;
import dev.kith.core.packages.Sha256;
import dev.kith.core.packages.Zips;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom an operator trusts is asked about every byte of a package. */
final class TrustTest {

    @TempDir Path folder;

    private final SigningKey key = SigningKey.generate();
    private Path jar = Path.of("");

    @BeforeEach
    void sign() throws IOException {
        jar = Zips.plugin().with("a/A.class", "first").to(folder.resolve("good.jar"));
        Signing.sign(jar, key);
    }

    private Verdict judged(Trust trust) throws IOException {
        return trust.judge(Archive.read(jar), Sha256.hex(Files.readAllBytes(jar)));
    }

    private Trust trusting(SigningKey... keys) {
        var texts = List.of(keys).stream().map(k -> PublicKeyText.of(k.publicKey())).toList();
        return Trust.of(texts, List.of(), List.of(), false);
    }

    @Test
    void a_package_of_a_trusted_key_is_admitted() throws IOException {
        var verdict = judged(trusting(key));
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.TRUSTED);
        assertThat(verdict.keyId()).isEqualTo(key.id());
        assertThat(trusting(key).admits(verdict)).isTrue();
    }

    @Test
    void a_changed_added_or_missing_entry_breaks_the_signature() throws IOException {
        var whole = Files.readAllBytes(jar);
        var archive = Archive.read(jar);
        var list = archive.bytes(EntryList.FILE).orElseThrow();
        var signature = archive.bytes(PackageSignature.FILE).orElseThrow();
        var changed = Zips.plugin().with("a/A.class", "other");
        var added = Zips.plugin().with("a/A.class", "first").with("a/B.class", "more");
        var missing = Zips.plugin();
        for (var zip : List.of(changed, added, missing)) {
            zip.with(EntryList.FILE, list).with(PackageSignature.FILE, signature).to(jar);
            var verdict = judged(trusting(key));
            assertThat(verdict.kind()).isEqualTo(Verdict.Kind.BROKEN);
            assertThat(
                            new Trust(
                                            trusting(key).keys(),
                                            java.util.Set.of(),
                                            java.util.Set.of(),
                                            true)
                                    .admits(verdict))
                    .isFalse();
        }
        Files.write(jar, whole);
        assertThat(judged(trusting(key)).kind()).isEqualTo(Verdict.Kind.TRUSTED);
    }

    @Test
    void a_signature_over_another_list_does_not_verify() throws IOException {
        var other = Zips.plugin().with("a/A.class", "other").to(folder.resolve("other.jar"));
        var list = EntryList.of(Archive.read(other));
        var signature = Archive.read(jar).bytes(PackageSignature.FILE).orElseThrow();
        Zips.plugin()
                .with("a/A.class", "other")
                .with(EntryList.FILE, list)
                .with(PackageSignature.FILE, signature)
                .to(jar);
        assertThat(judged(trusting(key)).reason()).contains("not of key");
    }

    @Test
    void strangers_and_the_revoked_are_told_apart() throws IOException {
        assertThat(judged(trusting()).kind()).isEqualTo(Verdict.Kind.UNKNOWN_KEY);
        var text = PublicKeyText.of(key.publicKey());
        var revoked = Trust.of(List.of(text), List.of(key.id()), List.of(), true);
        assertThat(judged(revoked).kind()).isEqualTo(Verdict.Kind.REVOKED_KEY);
        assertThat(revoked.admits(judged(revoked))).isFalse();
        var sha256 = Sha256.hex(Files.readAllBytes(jar));
        var thisOne = Trust.of(List.of(text), List.of(), List.of(sha256), true);
        assertThat(judged(thisOne).kind()).isEqualTo(Verdict.Kind.REVOKED_PACKAGE);
        assertThat(thisOne.admits(judged(thisOne))).isFalse();
    }

    @Test
    void without_a_signature_only_the_explicit_setting_admits() throws IOException {
        Zips.plugin().to(jar);
        assertThat(trusting(key).admits(judged(trusting(key)))).isFalse();
        var open = Trust.of(List.of(), List.of(), List.of(), true);
        assertThat(open.admits(judged(open))).isTrue();
    }

    @Test
    void signing_twice_gives_the_same_file() throws IOException {
        var once = Files.readAllBytes(jar);
        Signing.sign(jar, key);
        assertThat(Files.readAllBytes(jar)).isEqualTo(once);
    }

    @Test
    void a_key_is_kept_for_its_owner_and_never_written_over() throws IOException {
        var file = folder.resolve("key");
        key.write(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SigningKey.read(file).id()).isEqualTo(key.id());
        assertThatThrownBy(() -> key.write(file)).isInstanceOf(FileAlreadyExistsException.class);
    }
}
