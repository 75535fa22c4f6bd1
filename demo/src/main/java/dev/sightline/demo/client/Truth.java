package dev.sightline.demo.client;

/// What turned out to be true about the prediction with this id.
public record Truth(String id, String value) {}
