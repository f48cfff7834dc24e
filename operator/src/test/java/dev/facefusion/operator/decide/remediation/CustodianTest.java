package dev.facefusion.operator.decide.remediation;

import static dev.facefusion.operator.decide.remediation.Patient.DRAINED;
import static dev.facefusion.operator.decide.remediation.Patient.MINUTE;
import static dev.facefusion.operator.decide.remediation.Patient.NOW;
import static dev.facefusion.operator.decide.remediation.Patient.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.Action;
import dev.facefusion.operator.decide.AvoidedNode;
import dev.facefusion.operator.decide.Custody.Request;
import dev.facefusion.operator.decide.PodHealth.Draining;
import dev.facefusion.operator.decide.PodHealth.Starting;
import dev.facefusion.operator.decide.PodVerdict;
import dev.facefusion.operator.decide.Proceedings;
import dev.facefusion.operator.decide.QuarantinedPod;
import dev.facefusion.operator.decide.Reason;
import dev.facefusion.operator.decide.Samples;
import dev.facefusion.operator.decide.Update;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Looks again after ten seconds; a quarantine lasts an hour.
class CustodianTest {
    private static final Patient POD = Patient.named("a");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant SOON = NOW.plusSeconds(10);

    @Test
    void leavesAPodInServiceAlone() {
        // when
        var custodian = after(POD.serving());

        // then
        assertThat(custodian.actions()).isEmpty();
        assertThat(custodian.rechecks()).isEmpty();
    }

    @Test
    void takesAPodBackThatServesAgain() {
        // when
        var custodian = after(POD.outOfService().serving());

        // then
        assertThat(custodian.actions()).containsExactly(new Action.ReturnToService(POD.ref()));
        assertThat(custodian.rechecks()).containsExactly(SOON);
    }

    @Test
    void waitsForAPodThatStarts() {
        // when
        var custodian = after(POD.outOfService().is(new Starting()));

        // then
        assertThat(custodian.actions()).isEmpty();
        assertThat(custodian.rechecks()).containsExactly(SOON);
    }

    @Test
    void restartsAPodThatDrainsForNobody() {
        // when
        var custodian = after(POD.outOfService().polled(DRAINED).is(new Draining()));

        // then
        assertThat(custodian.actions()).containsExactly(new Action.Restart(POD.ref(), RUN));
        assertThat(custodian.rechecks()).containsExactly(SOON);
    }

    @Test
    void drainsAPodThatAPersonWantsOut() {
        // given
        var asked = POD.asked(Request.DRAIN);

        // then
        assertThat(after(asked.serving()).actions())
                .containsExactly(
                        new Action.TakeOutOfService(POD.ref()), new Action.Drain(POD.ref(), RUN));
        assertThat(after(asked.outOfService().serving()).actions())
                .containsExactly(new Action.Drain(POD.ref(), RUN));
        assertThat(after(asked.outOfService().polled(DRAINED).is(new Draining())).actions())
                .isEmpty();
        assertThat(after(asked.unpolled().serving()).actions())
                .containsExactly(new Action.TakeOutOfService(POD.ref()));
    }

    @Test
    void quarantinesAPodThatAPersonWantsKept() {
        // when
        var custodian = after(POD.asked(Request.QUARANTINE).serving());

        // then
        assertThat(custodian.actions())
                .containsExactly(new Action.Quarantine(POD.ref(), Reason.MANUAL_REQUEST, NOW));
    }

    @Test
    void touchesNoPodThatIsOnItsWayOut() {
        // then
        assertThat(after(POD.asked(Request.QUARANTINE).gone().serving()).actions()).isEmpty();
    }

    @Test
    void touchesNoPodUnderTreatment() {
        // given
        var asked = POD.asked(Request.QUARANTINE);
        var own = POD.treated(Step.REPLACE, Stage.ACTING, MINUTE);
        var anothers = Patient.named("b").treated(Step.REPLACE, Stage.ACTING, MINUTE);

        // then
        assertThat(after(asked.serving(), own).actions()).isEmpty();
        assertThat(after(asked.serving(), anothers).actions()).hasSize(1);
    }

    @Test
    void discardsAQuarantinedPodWhenItsTimeIsUp() {
        // given
        var over = kept(NOW.minus(HOUR), true, false);
        var almost = kept(NOW.minus(HOUR).plusMillis(1), true, false);

        // then
        assertThat(after(over).actions()).containsExactly(new Action.Discard(POD.ref()));
        assertThat(after(over).rechecks()).isEmpty();
        assertThat(after(almost).actions()).isEmpty();
        assertThat(after(almost).rechecks()).containsExactly(NOW.plusMillis(1));
    }

    @Test
    void releasesAPodThatAPersonWantsBack() {
        // given
        var wantedBack = kept(NOW.minus(HOUR), false, false);

        // then
        assertThat(after(wantedBack).actions()).containsExactly(new Action.Release(POD.ref()));
    }

    @Test
    void discardsNoPodTwice() {
        // given
        var leaving = kept(NOW.minus(HOUR), true, true);

        // then
        assertThat(after(leaving).actions()).isEmpty();
    }

    @Test
    void letsReplicasOntoANodeWhenItsTimeIsUp() {
        // given
        var over = new AvoidedNode(Samples.ref("avoid", "node-1"), NOW);
        var almost = new AvoidedNode(Samples.ref("avoid", "node-1"), NOW.plusMillis(1));

        // then
        assertThat(after(over).actions()).containsExactly(new Action.StopAvoiding(over));
        assertThat(after(over).rechecks()).isEmpty();
        assertThat(after(almost).actions()).isEmpty();
        assertThat(after(almost).rechecks()).containsExactly(NOW.plusMillis(1));
    }

    private static QuarantinedPod kept(Instant since, boolean kept, boolean leaving) {
        return new QuarantinedPod(POD.ref(), since, "InferenceStalled", kept, leaving);
    }

    private static Custodian after(PodVerdict verdict, Treatment... open) {
        var custodian = new Custodian(Patient.fleet(1), Policy.DEFAULT, List.of(open));
        custodian.lookAfter(verdict);
        return custodian;
    }

    private static Custodian after(QuarantinedPod pod) {
        return afterTheKept(List.of(pod), List.of());
    }

    private static Custodian after(AvoidedNode node) {
        return afterTheKept(List.of(), List.of(node));
    }

    private static Custodian afterTheKept(List<QuarantinedPod> pods, List<AvoidedNode> nodes) {
        var proceedings = new Proceedings(Ledger.EMPTY, pods, nodes, Map.of(), Optional.empty());
        var custodian =
                new Custodian(
                        Patient.fleet(1, Update.PLAIN, proceedings), Policy.DEFAULT, List.of());
        custodian.lookAfterTheKept();
        return custodian;
    }
}
