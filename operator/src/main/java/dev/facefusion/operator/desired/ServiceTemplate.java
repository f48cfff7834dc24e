package dev.facefusion.operator.desired;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.TreeMap;

/// The Service in front of the pods that are in service.
final class ServiceTemplate {
    private ServiceTemplate() {}

    static Service of(WorkloadSettings settings) {
        var annotations = new TreeMap<>(settings.service().annotations());
        return new ServiceBuilder()
                .withMetadata(ObjectMetadata.of(settings.owner(), annotations))
                .withNewSpec()
                .withType(settings.service().type())
                .withSelector(Labels.serviceSelector(settings.owner()))
                .addNewPort()
                .withName(RuntimeContainer.API)
                .withPort(RuntimeContainer.API_PORT)
                .withTargetPort(new IntOrString(RuntimeContainer.API))
                .withProtocol("TCP")
                .endPort()
                .endSpec()
                .build();
    }
}
