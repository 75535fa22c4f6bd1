package dev.sightline.stats.measure;

/// The measures of predicted numbers.
public enum RegressionMeasure {
  /// The mean of prediction minus truth: where the model leans.
  ME,
  MAE,
  MSE,
  RMSE,
  /// A share, not per cent. A truth of 0 is taken as 2.2e-16, as in scikit-learn.
  MAPE,
  /// The mean of 2 |error| / (|truth| + |prediction|), 0 to 2; 0 where both are 0.
  SMAPE,
  /// Undefined where a truth or prediction is not above -1.
  MSLE,
  R2,
  EXPLAINED_VARIANCE,
  MAX_ERROR,
  /// At the quantile that [ErrorSums] was opened for.
  PINBALL,
  /// Undefined where a truth is negative or a prediction not positive.
  POISSON_DEVIANCE,
  /// Undefined where a truth or prediction is not positive.
  GAMMA_DEVIANCE
}
