package dev.sightline.demo.scoring;

/// The errors of MLflow's scoring protocol that this server answers with.
enum ErrorCode {
  /// The body cannot be read as what it says it is.
  BAD_REQUEST(400),
  /// The body can be read, but lacks what the model needs.
  INVALID_PARAMETER_VALUE(400),
  /// The model itself gave up.
  INTERNAL_ERROR(500);

  private final int status;

  ErrorCode(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }
}
