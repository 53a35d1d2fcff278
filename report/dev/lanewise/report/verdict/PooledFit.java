package dev.lanewise.report.verdict;

import dev.lanewise.report.result.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.regression.OLSMultipleLinearRegression;

/// log₂(T_f/T_r) = c + s·log₂(D/M) + a·(depth − 2) + b·log₂(width/64) + r·[relu] over the cells of several networks, by least squares:
/// the crossover of one network is 2^(−c/s), and each covariate moves it by a factor 2^(−a/s).
///
/// @param effects by name; those covariates only that vary among the networks
public record PooledFit(double intercept, double slope, Map<String, Effect> effects) {

  /// How a covariate moves r*, with a 95 % interval, in which s counts as known: its error is small beside the covariates'.
  ///
  /// @param key in the summary
  public record Effect(String key, double factor, double low, double high) {}

  private record Covariate(String name, String key, ToDoubleFunction<Setting> value) {}

  private static final List<Covariate> COVARIATES = List.of(
      new Covariate("Each further hidden layer", "per_layer", setting -> setting.depth() - 2),
      new Covariate("Each doubling of the width", "per_doubled_width", setting -> Cell.log2(setting.width() / 64.0)),
      new Covariate("relu instead of tanh", "relu", setting -> setting.activation().equals("RELU") ? 1 : 0));
  private static final double UPPER = 0.975;

  /// @throws org.hipparchus.exception.MathRuntimeException if the networks do not tell the covariates apart
  public static PooledFit of(List<Claim> networks) {
    List<Covariate> varied = COVARIATES.stream()
        .filter(one -> networks.stream().mapToDouble(claim -> one.value.applyAsDouble(claim.setting())).distinct().count() > 1).toList();
    List<double[]> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (Claim claim : networks) {
      for (Cell cell : claim.cells()) {
        double[] row = new double[1 + varied.size()];
        row[0] = cell.shape();
        for (int i = 0; i < varied.size(); i++) {
          row[1 + i] = varied.get(i).value.applyAsDouble(claim.setting());
        }
        x.add(row);
        y.add(cell.logRatio());
      }
    }
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.newSampleData(y.stream().mapToDouble(Double::doubleValue).toArray(), x.toArray(double[][]::new));
    double[] fitted = regression.estimateRegressionParameters();
    double[] errors = regression.estimateRegressionParametersStandardErrors();
    double t = new TDistribution(y.size() - fitted.length).inverseCumulativeProbability(UPPER);
    Map<String, Effect> effects = new LinkedHashMap<>();
    for (int i = 0; i < varied.size(); i++) {
      double centre = -fitted[2 + i] / fitted[1];
      double reach = t * errors[2 + i] / fitted[1];
      effects.put(varied.get(i).name, new Effect(varied.get(i).key, Math.pow(2, centre), Math.pow(2, centre - reach), Math.pow(2, centre + reach)));
    }
    return new PooledFit(fitted[0], fitted[1], effects);
  }

  /// r* of the network that the covariates are counted from.
  public double crossover() {
    return Math.pow(2, -intercept / slope);
  }
}
