package dev.facefusion.operator.desired;

import dev.facefusion.operator.desired.WorkloadSettings.Owner;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;

/// Name, labels and owner, alike for every object of a workload.
final class ObjectMetadata {
    private ObjectMetadata() {}

    static ObjectMeta of(Owner owner, Map<String, String> annotations) {
        return new ObjectMetaBuilder()
                .withName(owner.name())
                .withNamespace(owner.namespace())
                .withLabels(Labels.of(owner))
                .withAnnotations(annotations)
                .addNewOwnerReference()
                .withApiVersion(owner.apiVersion())
                .withKind(owner.kind())
                .withName(owner.name())
                .withUid(owner.uid())
                .withController(true)
                .endOwnerReference()
                .build();
    }
}
