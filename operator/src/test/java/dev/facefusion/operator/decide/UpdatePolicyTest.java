package dev.facefusion.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.UpdatePolicy.Asked;
import dev.facefusion.operator.decide.UpdatePolicy.OperatorChanges;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class UpdatePolicyTest {
    private static final Asked SAME = new Asked("wish-1", "template-1", true);
    private static final Asked NEW_WISH = new Asked("wish-2", "template-2", false);
    private static final Asked NEW_OPERATOR = new Asked("wish-1", "template-2", true);
    private static final UpdatePolicy DEFER = policy(OperatorChanges.DEFER);
    private static final UpdatePolicy APPLY = policy(OperatorChanges.APPLY);
    private static final LiveRevision BLOCKED = surging(false, true);

    record Case(
            String name,
            UpdatePolicy policy,
            @Nullable LiveRevision live,
            Asked asked,
            boolean keepsTemplate,
            boolean inPlace) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Case> CASES =
            List.of(
                    new Case("new: there is nothing to keep", DEFER, null, SAME, false, false),
                    new Case("as it runs", DEFER, surging(true, false), SAME, false, false),
                    new Case(
                            "the user's change is rolled out",
                            DEFER,
                            surging(true, false),
                            NEW_WISH,
                            false,
                            false),
                    new Case(
                            "the operator's change waits",
                            DEFER,
                            surging(true, false),
                            NEW_OPERATOR,
                            true,
                            false),
                    new Case(
                            "unless it may not",
                            APPLY,
                            surging(true, false),
                            NEW_OPERATOR,
                            false,
                            false),
                    new Case(
                            "an older operator's pods are taken over",
                            DEFER,
                            unmarked(),
                            NEW_OPERATOR,
                            true,
                            false),
                    new Case(
                            "but not if the spec has changed meanwhile",
                            DEFER,
                            unmarked(),
                            NEW_WISH,
                            false,
                            false),
                    new Case("no node takes the surge", DEFER, BLOCKED, SAME, false, true),
                    new Case(
                            "nor while the template is kept",
                            DEFER,
                            BLOCKED,
                            NEW_OPERATOR,
                            true,
                            true),
                    new Case("in place to the end", DEFER, inPlace(false), SAME, false, true),
                    new Case(
                            "with room again afterwards", DEFER, inPlace(true), SAME, false, false),
                    new Case(
                            "the next begins with the surge",
                            DEFER,
                            inPlace(false),
                            NEW_WISH,
                            false,
                            false),
                    new Case(
                            "a number is taken as it is",
                            new UpdatePolicy(false, OperatorChanges.DEFER, false),
                            BLOCKED,
                            SAME,
                            false,
                            false));

    @ParameterizedTest(name = "{0}")
    @FieldSource("CASES")
    void decides(Case c) {
        // when
        var update = c.policy().decide(Optional.ofNullable(c.live()), c.asked());

        // then
        assertThat(update).isEqualTo(new Update(false, c.keepsTemplate(), c.inPlace()));
    }

    @Test
    void isPausedByAPerson() {
        // given
        var policy = new UpdatePolicy(true, OperatorChanges.DEFER, true);

        // when
        var update = policy.decide(Optional.empty(), SAME);

        // then
        assertThat(update.paused()).isTrue();
    }

    private static UpdatePolicy policy(OperatorChanges operatorChanges) {
        return new UpdatePolicy(false, operatorChanges, true);
    }

    private static LiveRevision surging(boolean complete, boolean blocked) {
        return new LiveRevision(
                Optional.of("wish-1"), Optional.of("template-1"), false, complete, blocked);
    }

    private static LiveRevision inPlace(boolean complete) {
        return new LiveRevision(
                Optional.of("wish-1"), Optional.of("template-1"), true, complete, false);
    }

    private static LiveRevision unmarked() {
        return new LiveRevision(Optional.empty(), Optional.empty(), false, true, false);
    }
}
