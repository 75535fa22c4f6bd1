package dev.sightline.storage.simulated;

/// What a name on a simulated disk stands for.
sealed interface SimulatedNode permits SimulatedDirectory, SimulatedFile {}
