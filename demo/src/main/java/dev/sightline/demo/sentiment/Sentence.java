package dev.sightline.demo.sentiment;

/// A sentence whose sentiment is known, because its author says so.
public record Sentence(String topic, Sentiment sentiment, String text) {}
