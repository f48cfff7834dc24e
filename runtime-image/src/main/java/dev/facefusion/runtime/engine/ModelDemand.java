package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.options.MaskType;
import dev.facefusion.runtime.engine.options.SelectorMode;
import dev.facefusion.runtime.models.Model;
import dev.facefusion.runtime.models.ModelException;
import dev.facefusion.runtime.models.ModelRole;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which models an engine is to load.
///
/// @param names of models that are preferred to others; `many` for all that can play a role
///   together
/// @param roles of which a model is loaded; what that one needs itself comes with it
public record ModelDemand(Set<String> names, Set<ModelRole> roles) {

    public ModelDemand {
        names = Set.copyOf(names);
        roles = Set.copyOf(roles);
    }

    /// Of each role the preferred model.
    public static ModelDemand preferred() {
        return preferring(Set.of());
    }

    /// Of each role the preferred model, and these before others.
    public static ModelDemand preferring(Set<String> names) {
        return new ModelDemand(names, EnumSet.allOf(ModelRole.class));
    }

    /// What tasks with these options need, and no more.
    public static ModelDemand of(SwapOptions options) {
        var roles = roles(options);
        return new ModelDemand(
                ModelWish.of(options.faces()).stream()
                        .filter(wish -> roles.contains(wish.role()))
                        .map(ModelWish::name)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet()),
                roles);
    }

    private static Set<ModelRole> roles(SwapOptions options) {
        var roles = EnumSet.of(ModelRole.DETECTOR, ModelRole.LANDMARKER);
        for (var processor : options.frameProcessors()) {
            roles.add(
                    switch (processor) {
                        case FACE_SWAPPER -> ModelRole.SWAPPER;
                        case FACE_ENHANCER -> ModelRole.ENHANCER;
                    });
        }
        var selector = options.faces().selector();
        if (selector.mode() == SelectorMode.REFERENCE) {
            roles.add(ModelRole.RECOGNISER);
        }
        if (selector.asksForTraits()) {
            roles.add(ModelRole.CLASSIFIER);
        }
        var masks = options.faces().mask().types();
        if (masks.contains(MaskType.OCCLUSION)) {
            roles.add(ModelRole.OCCLUDER);
        }
        if (masks.contains(MaskType.REGION)) {
            roles.add(ModelRole.PARSER);
        }
        return roles;
    }

    /// Those of the models there are that an engine of this demand looks at.
    ///
    /// @throws ModelException if there is no detector, or a model that is asked for is not there
    public <M extends Model> List<M> from(List<M> models) {
        var loaded = Lineup.of(models, this).models();
        // One that cannot do what it is named for is not loaded: the task is refused for it later.
        return models.stream()
                .filter(model -> loaded.contains(model) || names.contains(model.name()))
                .toList();
    }
}
