package dev.facefusion.runtime.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CredentialsTest {

    @Test
    void readsOneKeyOrToken() {
        // then
        assertThat(Credentials.of(List.of(), List.of("k")).secret()).hasValue("k");
        assertThat(Credentials.of(List.of("Bearer t"), List.of()).secret()).hasValue("t");
        assertThat(Credentials.of(List.of("bearer  t "), List.of()).secret()).hasValue("t");
    }

    @Test
    void takesSeveralForNone() {
        // then
        assertThat(Credentials.of(List.of(), List.of()).secret()).isEmpty();
        assertThat(Credentials.of(List.of("Bearer t"), List.of("k")).secret()).isEmpty();
        assertThat(Credentials.of(List.of(), List.of("k", "l")).secret()).isEmpty();
        assertThat(Credentials.of(List.of("Bearer t", "Bearer u"), List.of()).secret()).isEmpty();
    }

    @Test
    void takesAnotherSchemeForNone() {
        // then
        assertThat(Credentials.of(List.of("Basic dDp0"), List.of()).secret()).isEmpty();
        assertThat(Credentials.of(List.of("Bearer "), List.of()).secret()).isEmpty();
        assertThat(Credentials.of(List.of(), List.of(" ")).secret()).isEmpty();
    }

    @Test
    void hidesTheSecret() {
        // then
        assertThat(Credentials.of(List.of(), List.of("hush")).toString()).doesNotContain("hush");
    }
}
