package dev.facefusion.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UploadBudgetTest {

    @Test
    void reservesNoMoreThanThereIs() {
        // given
        var budget = new UploadBudget(100);
        var first = budget.reserve(60).orElseThrow();

        // when
        var second = budget.reserve(41);

        // then
        assertThat(second).isEmpty();
        assertThat(budget.reserve(40)).isPresent();
        first.close();
        assertThat(budget.reserve(60)).isPresent();
    }

    @Test
    void hasRoomForOneBodyHoweverSmallTheHeap() {
        // when
        var budget = UploadBudget.ofHeap(10, 64);

        // then
        assertThat(budget.reserve(64)).isPresent();
    }
}
