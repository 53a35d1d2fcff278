package dev.lanewise.model;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.model.explanation.FeatureLayout;
import dev.lanewise.model.explanation.PermutationImportance;
import dev.lanewise.model.explanation.PreparedModelJacobian;
import dev.lanewise.model.explanation.Sensitivity;
import dev.lanewise.model.explanation.Units;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import dev.lanewise.train.data.Standardizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// What a model's predictions depend on, in the units of its data.
///
/// @param inference the model's network as it predicts
/// @param probabilities whether to explain probabilities, not the network's outputs
/// @param owner the model, first in messages
record Explaining(FittedNetwork inference, boolean probabilities, Object owner) {

  private Architecture architecture() {
    return inference.architecture();
  }

  PreparedModelJacobian prepare(Shape input) {
    int rows = input.rank() == 0 ? 0 : input.dim(0);
    if (rows < 1 || !Doors.takes(architecture(), input)) {
      throw new IllegalArgumentException(owner + ": inputs of shape " + input + ", expected "
          + Doors.expected(architecture()) + " of at least 1 row");
    }
    Sequential network = inference.network();
    Parameters theta = inference.theta();
    if (probabilities) {
      List<Layer> layers = new ArrayList<>(network.layers());
      layers.add(new Softmax());
      network = new Sequential(layers);
      theta = Parameters.of(network.parameters(), theta.flat());
    }
    Shape sample = input.withoutFirst();
    return PreparedModelJacobian.of(network, theta, input, units(inference.inputs(), sample),
        units(inference.targets(), Shape.of(architecture().outputs())),
        inference.imputer().map(imputer -> spread(imputer.values(), imputer.isOfChannels(), sample)));
  }

  private static Units units(Optional<Standardizer> standardizer, Shape sample) {
    return standardizer.map(each -> new Units(
        spread(each.mean(), each.isOfChannels(), sample), spread(each.sd(), each.isOfChannels(), sample)))
        .orElseGet(() -> Units.plain(sample.size()));
  }

  /// The number of its column for each number of a sample.
  private static double[] spread(Tensor columns, boolean ofChannels, Shape sample) {
    double[] each = new double[sample.size()];
    int run = ofChannels ? sample.size() / sample.dim(0) : 1;
    Arrays.setAll(each, at -> columns.get(at / run % columns.size()));
    return each;
  }

  /// J of each row, `[rows, M, D]` in double.
  Tensor jacobian(Tensor x) {
    Tensor given = inputs(x);
    int rows = given.shape().dim(0);
    Tensor jacobian = Tensor.zeros(Precision.DOUBLE, rows, architecture().outputs(),
        given.shape().withoutFirst().size());
    if (rows > 0) {
      prepare(given.shape()).at(given, Tensor.zeros(Precision.DOUBLE, rows, architecture().outputs()), jacobian);
    }
    return jacobian;
  }

  private Tensor inputs(Tensor x) {
    return Doors.inputs(architecture(), inference.imputer(), inference.names(), x, owner, "x");
  }

  Sensitivity sensitivity(Tensor x) {
    Tensor given = inputs(x);
    Shape sample = given.shape().withoutFirst();
    Standardizer spread = Doors.standardizer(architecture(), given);
    return Sensitivity.of(this::prepare, given, spread(spread.sd(), spread.isOfChannels(), sample),
        inference.names().outputs(architecture()), inference.names().ofSample(architecture(), sample));
  }

  PermutationImportance permutationImportance(Tensor x, int repeats, long seed, ToDoubleFunction<Tensor> loss) {
    Tensor given = Doors.shaped(architecture(), x, owner, "x");
    int numbers = given.shape().withoutFirst().size();
    List<String> names = inference.names().features(architecture());
    boolean hasLengths = architecture() instanceof SequenceArchitecture sequence && sequence.hasLengths();
    int run = architecture() instanceof CnnArchitecture ? numbers / names.size() : 1;
    return PermutationImportance.of(
        given, new FeatureLayout(names, run, hasLengths ? numbers - 1 : numbers, hasLengths), repeats, seed, loss);
  }
}
