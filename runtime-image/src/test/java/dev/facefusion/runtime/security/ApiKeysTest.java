package dev.facefusion.runtime.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {

    // printf test | sha256sum
    private static final String HASH_OF_TEST =
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    // printf other | sha256sum
    private static final String HASH_OF_OTHER =
            "d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa";

    @Test
    void knowsTheOwnerOfEachKey() {
        // given
        var keys =
                keys(
                        """
                        # clients

                        ci: sha256:%s
                          web-shop:   sha256:%s
                        """
                                .formatted(HASH_OF_TEST, HASH_OF_OTHER));

        // then
        assertThat(keys.owner("test")).hasValue("ci");
        assertThat(keys.owner("other")).hasValue("web-shop");
        assertThat(keys.owner("tesT")).isEmpty();
        assertThat(keys.owner("")).isEmpty();
        assertThat(keys.owner(HASH_OF_TEST)).isEmpty();
        assertThat(keys.count()).isEqualTo(2);
    }

    @Test
    void letsAClientHaveTwoKeysWhileOneIsReplaced() {
        // given
        var keys = keys("ci: sha256:%s\nci: sha256:%s".formatted(HASH_OF_TEST, HASH_OF_OTHER));

        // then
        assertThat(keys.owner("test")).hasValue("ci");
        assertThat(keys.owner("other")).hasValue("ci");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nobody",
                "ci: ffk_secret",
                "ci: sha256:9f86",
                "ci sha256:" + HASH_OF_TEST,
                "c i: sha256:" + HASH_OF_TEST,
                "c/i: sha256:" + HASH_OF_TEST,
                "ci: sha256:" + HASH_OF_TEST + "\nweb: sha256:" + HASH_OF_TEST
            })
    void refusesAFileThatIsNotOneAndGivesNothingOfItAway(String file) {
        // then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys(file))
                .satisfies(
                        e -> assertThat(e.getMessage()).doesNotContain("secret", "9f86", "ffk_"));
    }

    @Test
    void makesAKeyThatItsOwnLineOpens() {
        // when
        var made = ApiKeys.create("ci");

        // then
        assertThat(keys(made.line()).owner(made.secret())).hasValue("ci");
        assertThat(made.secret()).matches("ffk_[A-Za-z0-9_-]{43}");
        assertThat(made.line()).doesNotContain(made.secret());
        assertThat(made.toString()).doesNotContain(made.secret());
        assertThat(ApiKeys.create("ci").secret()).isNotEqualTo(made.secret());
    }

    private static ApiKeys keys(String file) {
        return ApiKeys.parse(file.getBytes(UTF_8));
    }
}
