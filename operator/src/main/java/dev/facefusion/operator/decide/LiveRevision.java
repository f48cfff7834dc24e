package dev.facefusion.operator.decide;

import java.util.Optional;

/// The revision of the pods that the Deployment asks for now.
///
/// @param requested digest of what the user asked for then; empty where nobody noted it
/// @param rendered digest of the template that the operator made of it
/// @param inPlace whether no pod beyond the wanted ones may be made
/// @param complete whether every wanted pod is of this revision, and ready
/// @param blocked whether old pods still run while no node takes one of this revision
public record LiveRevision(
        Optional<String> requested,
        Optional<String> rendered,
        boolean inPlace,
        boolean complete,
        boolean blocked) {}
