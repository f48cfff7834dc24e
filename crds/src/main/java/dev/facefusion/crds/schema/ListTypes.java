package dev.facefusion.crds.schema;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Gives lists their merge semantics, so that two writers of one list do not undo each other.
///
/// The input names lists and their keys: `conditions=type; spread=topologyKey,whenUnsatisfiable;
/// providers=` makes the first two maps by these keys (which become required) and the third a set.
public final class ListTypes implements SchemaCustomizer.Customizer {
    private static final Pattern LIST = Pattern.compile("(\\w+)=([\\w,]*)");
    private static final Pattern KEY = Pattern.compile("\\w+");

    @Override
    public JSONSchemaProps apply(
            JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
        for (var list : LIST.matcher(input).results().toList()) {
            var property = schema.getProperties().get(list.group(1));
            if (property == null) {
                throw new IllegalArgumentException("no list named " + list.group(1));
            }
            var keys = KEY.matcher(list.group(2)).results().map(MatchResult::group).toList();
            if (keys.isEmpty()) {
                property.setXKubernetesListType("set");
            } else {
                keyed(property, keys);
            }
        }
        return schema;
    }

    private static void keyed(JSONSchemaProps list, List<String> keys) {
        list.setXKubernetesListType("map");
        list.setXKubernetesListMapKeys(keys);
        var item = list.getItems().getSchema();
        var required = new TreeSet<>(keys);
        if (item.getRequired() != null) {
            required.addAll(item.getRequired());
        }
        item.setRequired(List.copyOf(required));
    }
}
