package dev.sightline.predictions.engine;

/// The statement took longer than it may.
final class SqlTimeOut extends Exception {}
