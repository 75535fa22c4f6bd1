package dev.sightline.stats.drift;

/// Vectors of the reference window and of the current one, all of one length: samples, where there
/// are many.
///
/// @param reference by row, all finite
/// @param nReference vectors that these stand for
@SuppressWarnings("ArrayRecordComponent") // never compared
public record VectorPair(double[][] reference, long nReference, double[][] current, long nCurrent) {
  boolean isSampled() {
    return reference.length < nReference || current.length < nCurrent;
  }

  int size() {
    return reference[0].length;
  }

  double[][] both() {
    double[][] both = new double[reference.length + current.length][];
    System.arraycopy(reference, 0, both, 0, reference.length);
    System.arraycopy(current, 0, both, reference.length, current.length);
    return both;
  }
}
