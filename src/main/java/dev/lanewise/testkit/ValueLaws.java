package dev.lanewise.testkit;

import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.List;

/// Laws on what the layer computes: shapes, precisions, and that samples are separate.
final class ValueLaws {

  private ValueLaws() {}

  static void addTo(List<Law> laws, LayerContract contract) {
    laws.add(contract.law("output-shape", "outputShape says what linearize and forward give, in the input's precision",
        ValueLaws::outputShape));
    laws.add(contract.law("forward-equals-linearize", "forward gives the bits of linearize's output",
        ValueLaws::forwardEqualsLinearize));
    laws.add(contract.law("float-agrees-with-double", "y, ẏ, x̄ and θ̄ in float are those in double, up to rounding",
        ValueLaws::floatAgreesWithDouble));
    if (contract.separatesSamples()) {
      laws.add(contract.law("batch-independent", "a sample has the same results alone, and whatever the other samples are",
          ValueLaws::batchIndependent));
    }
  }

  private static void outputShape(LayerContract contract) {
    for (Precision precision : Precision.values()) {
      for (int batch : contract.batches()) {
        Trial trial = Trial.of(contract, precision, batch);
        requireOutput(trial, "linearize", trial.linearize().output());
        requireOutput(trial, "forward", trial.layer.forward(trial.x, trial.theta, new Workspace()));
      }
    }
  }

  private static void requireOutput(Trial trial, String operation, Tensor y) {
    if (!y.shape().equals(trial.output) || y.precision() != trial.precision) {
      throw new AssertionError(operation + " of " + trial.precision + " " + trial.x.shape() + " gives " + y.precision() + " "
          + y.shape() + ", outputShape gives " + trial.output);
    }
  }

  private static void forwardEqualsLinearize(LayerContract contract) {
    for (Precision precision : Precision.values()) {
      for (int batch : contract.batches()) {
        Trial trial = Trial.of(contract, precision, batch);
        Comparison.sameBits("y of linearize", trial.value(),
            "y of forward", trial.layer.forward(trial.x, trial.theta, new Workspace()));
      }
    }
  }

  private static void floatAgreesWithDouble(LayerContract contract) {
    Trial floats = Trial.of(contract, Precision.FLOAT);
    Trial doubles = Trial.of(contract, Precision.DOUBLE);
    var inFloat = floats.results(floats.directions(contract.chunk()));
    var inDouble = doubles.results(doubles.directions(contract.chunk()));
    Comparison.close(contract, "y in float", inFloat.y(), "y in double", inDouble.y());
    Comparison.close(contract, "yDot in float", inFloat.yDot(), "yDot in double", inDouble.yDot());
    Comparison.close(contract, "xBar in float", inFloat.xBar(), "xBar in double", inDouble.xBar());
    Comparison.close(contract, "thetaBar in float", inFloat.thetaBar(), "thetaBar in double", inDouble.thetaBar());
  }

  private static void batchIndependent(LayerContract contract) {
    Shape one = contract.inputShape().apply(1);
    Shape several = contract.inputShape().apply(contract.batch());
    int in = batchAxis(one, several, "inputShape");
    int out = batchAxis(contract.layer().outputShape(one), contract.layer().outputShape(several), "outputShape");
    for (Precision precision : Precision.values()) {
      Trial trial = Trial.of(contract, precision);
      var directions = trial.directions(contract.chunk());
      var together = trial.results(directions);
      samplesAlone(trial, directions, together, in, out);
      otherSamplesChanged(trial, directions, together, in, out);
    }
  }

  /// The axis that differs between a batch of one and one of several.
  private static int batchAxis(Shape one, Shape several, String name) {
    for (int axis = 0; axis < Math.min(one.rank(), several.rank()); axis++) {
      if (one.dim(axis) != several.dim(axis)) {
        return axis;
      }
    }
    throw new AssertionError(name + " is " + one + " for a batch of 1 and " + several
        + " for a larger one, expected a batch axis, as mixesSamples() is false");
  }

  private static void samplesAlone(Trial trial, Trial.Directions directions, Trial.Results together, int in, int out) {
    LayerContract contract = trial.contract;
    int chunk = directions.chunk();
    Tensor sum = trial.place(together.thetaBar().shape(), 0);
    for (int sample = 0; sample < trial.x.shape().dim(in); sample++) {
      Trial alone = trial.at(Samples.take(trial.x, in, sample), trial.theta);
      var results = alone.results(new Trial.Directions(Samples.take(directions.xDot(), in + 1, sample), directions.thetaDot(),
          Samples.take(directions.yBar(), out + 1, sample)));
      String inBatch = " of sample " + sample + " among " + trial.x.shape().dim(in);
      Comparison.close(contract, "y" + inBatch, Samples.take(together.y(), out, sample), "y alone", results.y());
      Comparison.close(contract, "yDot" + inBatch, Samples.take(together.yDot(), out + 1, sample), "yDot alone", results.yDot());
      Comparison.close(contract, "xBar" + inBatch, Samples.take(together.xBar(), in + 1, sample), "xBar alone", results.xBar());
      for (int i = 0; i < sum.size(); i++) {
        sum.set(i, sum.get(i) + results.thetaBar().get(i));
      }
    }
    Comparison.close(contract, "thetaBar of the batch, " + chunk + " directions", together.thetaBar(),
        "the sum of its samples'", sum);
  }

  private static void otherSamplesChanged(Trial trial, Trial.Directions directions, Trial.Results before, int in, int out) {
    Tensor changed = trial.x.copy();
    Tensor other = trial.draw(Samples.take(trial.x, in, 0).shape(), trial.contract.domain());
    Samples.put(other, changed, in, 0);
    var after = trial.at(changed, trial.theta).results(new Trial.Directions(directions.xDot(), Parameters.none(), directions.yBar()));
    var without = trial.results(new Trial.Directions(directions.xDot(), Parameters.none(), directions.yBar()));
    for (int sample = 1; sample < trial.x.shape().dim(in); sample++) {
      String which = " of sample " + sample;
      String where = which + " after sample 0 changed";
      Comparison.sameBits("y" + which, Samples.take(before.y(), out, sample), "y" + where, Samples.take(after.y(), out, sample));
      Comparison.sameBits("yDot" + which, Samples.take(without.yDot(), out + 1, sample),
          "yDot" + where, Samples.take(after.yDot(), out + 1, sample));
      Comparison.sameBits("xBar" + which, Samples.take(without.xBar(), in + 1, sample),
          "xBar" + where, Samples.take(after.xBar(), in + 1, sample));
    }
  }
}
