package dev.lanewise.report.verdict;

import dev.lanewise.report.result.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.stat.descriptive.StreamingStatistics;
import org.hipparchus.stat.regression.OLSMultipleLinearRegression;

/// log₂ r* = c + a·(depth − 2) + b·log₂(width/64) + r·[relu] over several networks, by least squares.
///
/// Each network counts once, with its own log₂ r*: its pairs D × M share its peculiarities, and treating them as
/// independent would make the intervals too narrow. The intervals come from the networks' residuals, which contain
/// peculiarities and noise.
///
/// @param crossover log₂ r* of the reference network, where all covariates are 0
/// @param slope the mean of the networks' slopes
/// @param effects the effects by name, only of covariates that vary among the networks
public record PooledFit(int networks, Estimate crossover, Estimate slope, Map<String, Effect> effects) {

  /// The effect of a covariate on log₂ r*.
  ///
  /// @param key its key in the summary
  public record Effect(String key, Estimate moves) {}

  private record Covariate(String name, String key, ToDoubleFunction<Setting> value) {}

  private static final List<Covariate> COVARIATES = List.of(
      new Covariate("Each further hidden layer", "per_layer", setting -> setting.depth() - 2),
      new Covariate("Each doubling of the width", "per_doubled_width", setting -> Cell.log2(setting.width() / 64.0)),
      new Covariate("relu instead of tanh", "relu", setting -> setting.activation().equals("RELU") ? 1 : 0));

  /// The fit; empty if the networks cannot tell the covariates apart, or are no more than the coefficients.
  public static Optional<PooledFit> of(List<Claim> networks) {
    List<Setting> settings = networks.stream().map(Claim::setting).toList();
    List<Covariate> varied = COVARIATES.stream()
        .filter(one -> settings.stream().mapToDouble(one.value).distinct().count() > 1).toList();
    int degrees = networks.size() - varied.size() - 1;
    if (varied.isEmpty() || degrees < 1) {
      return Optional.empty();
    }
    double[] crossovers = networks.stream().mapToDouble(claim -> claim.crossover().value()).toArray();
    double[][] x = settings.stream()
        .map(setting -> varied.stream().mapToDouble(one -> one.value.applyAsDouble(setting)).toArray())
        .toArray(double[][]::new);
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.newSampleData(crossovers, x);
    double[] fitted;
    double[] errors;
    try {
      fitted = regression.estimateRegressionParameters();
      errors = regression.estimateRegressionParametersStandardErrors();
    } catch (MathRuntimeException _) {
      return Optional.empty();
    }
    Map<String, Effect> effects = new LinkedHashMap<>();
    for (int i = 0; i < varied.size(); i++) {
      effects.put(varied.get(i).name, new Effect(varied.get(i).key, student(fitted[1 + i], errors[1 + i], degrees)));
    }
    Estimate crossover = student(fitted[0], errors[0], degrees);
    return Optional.of(new PooledFit(networks.size(), crossover, slope(networks), effects));
  }

  private static Estimate slope(List<Claim> networks) {
    StreamingStatistics slopes = new StreamingStatistics();
    networks.forEach(claim -> slopes.addValue(claim.slope().value()));
    double error = slopes.getStandardDeviation() / Math.sqrt(networks.size());
    return student(slopes.getMean(), error, networks.size() - 1);
  }

  private static Estimate student(double value, double error, int degrees) {
    double reach = error * new TDistribution(degrees).inverseCumulativeProbability((1 + SampleMedian.LEVEL) / 2);
    return new Estimate(value, value - reach, value + reach);
  }
}
