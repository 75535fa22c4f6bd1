/// What people and other registries say of models: whose they are, which versions stand where, what
/// their inputs may hold, and what has happened to them. A file for each model.
package dev.sightline.quality.registry;
