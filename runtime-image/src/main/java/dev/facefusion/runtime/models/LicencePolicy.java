package dev.facefusion.runtime.models;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import java.util.List;
import java.util.stream.Collectors;

/// Which models may be used, by their licences.
public enum LicencePolicy {
    /// All.
    ANY,
    /// Those whose licence lets them be used for gain.
    COMMERCIAL;

    static final String VARIABLE = "MODEL_LICENCE_POLICY";

    /// What the environment asks for.
    ///
    /// @throws ConfigException if the variable cannot be used
    public static LicencePolicy from(Environment environment) {
        return switch (environment.oneOf(VARIABLE, List.of("any", "commercial"))) {
            case "commercial" -> COMMERCIAL;
            default -> ANY;
        };
    }

    /// @throws ModelException naming every model that may not be used
    void check(List<ListedModel> models) {
        var refused = models.stream().filter(model -> !allows(model.commercialUse())).toList();
        if (!refused.isEmpty()) {
            throw new ModelException(
                    "%s is commercial, which leaves out %s. Remove their files, or set %s to any."
                            .formatted(
                                    VARIABLE,
                                    refused.stream()
                                            .map(LicencePolicy::described)
                                            .collect(Collectors.joining(", ")),
                                    VARIABLE));
        }
    }

    private boolean allows(CommercialUse use) {
        return switch (this) {
            case ANY -> true;
            case COMMERCIAL -> use == CommercialUse.YES;
        };
    }

    private static String described(ListedModel model) {
        return "%s (%s, commercial use %s)"
                .formatted(model.name(), model.license(), model.commercialUse().id());
    }
}
