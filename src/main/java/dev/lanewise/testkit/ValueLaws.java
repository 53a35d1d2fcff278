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
    laws.add(contract.lawOnEachBatch("output-shape",
        "outputShape says what linearize and forward give, in the input's precision", ValueLaws::outputShape));
    laws.add(contract.lawOnEachBatch("forward-equals-linearize", "forward gives the bits of linearize's output",
        ValueLaws::forwardEqualsLinearize));
    laws.add(contract.lawOnContract("float-agrees-with-double",
        "y, ẏ, x̄ and θ̄ in float are those in double, up to rounding", ValueLaws::floatAgreesWithDouble));
    if (contract.separatesSamples()) {
      laws.add(contract.lawOnContract("batch-outermost", "the batch is axis 0 of input and output",
          ValueLaws::batchOutermost));
      laws.add(contract.law("batch-independent",
          "a sample has the same results alone, and whatever the other samples are", ValueLaws::batchIndependent));
    }
    if (contract.separatesSamples() && !contract.layer().mixesSamplesInTraining()) {
      laws.add(contract.law("batch-independent-in-training",
          "in training, with the same draws, a sample's output is the same whatever the other samples are",
          ValueLaws::batchIndependentInTraining));
    }
  }

  private static void outputShape(Trial trial) {
    requireOutput(trial, "linearize", trial.linearize().output());
    requireOutput(trial, "forward", trial.forward(new Workspace()));
  }

  private static void requireOutput(Trial trial, String operation, Tensor y) {
    if (!y.shape().equals(trial.output) || y.precision() != trial.precision) {
      throw new AssertionError(operation + " of " + trial.precision + " " + trial.x.shape() + " gives " + y.precision()
          + " " + y.shape() + ", outputShape gives " + trial.output);
    }
  }

  private static void forwardEqualsLinearize(Trial trial) {
    Comparison.sameBits("y of linearize", trial.value(), "y of forward", trial.forward(new Workspace()));
  }

  private static void floatAgreesWithDouble(LayerContract contract) {
    Trial floats = Trial.of(contract, Precision.FLOAT);
    Trial doubles = Trial.of(contract, Precision.DOUBLE);
    var inFloat = floats.results(floats.directions());
    var inDouble = doubles.results(doubles.directions());
    Comparison.close(contract, "y in float", inFloat.y(), "y in double", inDouble.y());
    Comparison.close(contract, "yDot in float", inFloat.yDot(), "yDot in double", inDouble.yDot());
    Comparison.close(contract, "xBar in float", inFloat.xBar(), "xBar in double", inDouble.xBar());
    Comparison.close(contract, "thetaBar in float", inFloat.thetaBar(), "thetaBar in double", inDouble.thetaBar());
  }

  private static void batchOutermost(LayerContract contract) {
    Shape one = contract.layer().outputShape(contract.sample().prepend(1));
    for (int batch : contract.batches()) {
      Shape several = contract.layer().outputShape(contract.sample().prepend(batch));
      if (one.rank() == 0 || one.dim(0) != 1 || !several.equals(one.withFirst(batch))) {
        throw new AssertionError("outputShape gives " + one + " for 1 sample and " + several + " for " + batch
            + ", expected the batch as axis 0 and no other difference, as mixesSamples() is false");
      }
    }
  }

  private static void batchIndependent(Trial trial) {
    var directions = trial.directions();
    var together = trial.results(directions);
    samplesAlone(trial, directions, together);
    otherSamplesChanged(trial, directions, together);
  }

  private static void samplesAlone(Trial trial, Trial.Directions directions, Trial.Results together) {
    LayerContract contract = trial.contract;
    int chunk = directions.chunk();
    Tensor sum = trial.place(together.thetaBar().shape(), 0);
    for (int sample = 0; sample < trial.x.shape().dim(0); sample++) {
      Trial alone = trial.at(Samples.take(trial.x, 0, sample), trial.theta);
      var results = alone.results(new Trial.Directions(Samples.take(directions.xDot(), 1, sample),
          directions.thetaDot(), Samples.take(directions.yBar(), 1, sample)));
      String inBatch = " of sample " + sample + " among " + trial.x.shape().dim(0);
      Comparison.close(contract, "y" + inBatch, Samples.take(together.y(), 0, sample), "y alone", results.y());
      Comparison.close(contract, "yDot" + inBatch, Samples.take(together.yDot(), 1, sample), "yDot alone",
          results.yDot());
      Comparison.close(contract, "xBar" + inBatch, Samples.take(together.xBar(), 1, sample), "xBar alone",
          results.xBar());
      for (int i = 0; i < sum.size(); i++) {
        sum.set(i, sum.get(i) + results.thetaBar().get(i));
      }
    }
    Comparison.close(contract, "thetaBar of the batch, " + chunk + " directions", together.thetaBar(),
        "the sum of its samples'", sum);
  }

  private static void otherSamplesChanged(Trial trial, Trial.Directions directions, Trial.Results before) {
    Tensor changed = trial.x.copy();
    Tensor other = trial.draw(Samples.take(trial.x, 0, 0).shape(), trial.contract.domain());
    Samples.put(other, changed, 0, 0);
    var withoutTheta = new Trial.Directions(directions.xDot(), Parameters.none(), directions.yBar());
    var after = trial.at(changed, trial.theta).results(withoutTheta);
    var without = trial.results(withoutTheta);
    for (int sample = 1; sample < trial.x.shape().dim(0); sample++) {
      String which = " of sample " + sample;
      String where = which + " after sample 0 changed";
      Comparison.sameBits("y" + which, Samples.take(before.y(), 0, sample), "y" + where,
          Samples.take(after.y(), 0, sample));
      Comparison.sameBits("yDot" + which, Samples.take(without.yDot(), 1, sample),
          "yDot" + where, Samples.take(after.yDot(), 1, sample));
      Comparison.sameBits("xBar" + which, Samples.take(without.xBar(), 1, sample),
          "xBar" + where, Samples.take(after.xBar(), 1, sample));
    }
  }

  /// Not alone: what is drawn for a sample depends on where in the batch it stands.
  private static void batchIndependentInTraining(Trial trial) {
    Tensor before = inTraining(trial, trial.x);
    Tensor changed = trial.x.copy();
    Samples.put(trial.draw(Samples.take(trial.x, 0, 0).shape(), trial.contract.domain()), changed, 0, 0);
    Tensor after = inTraining(trial, changed);
    for (int sample = 1; sample < trial.x.shape().dim(0); sample++) {
      String which = "y in training of sample " + sample;
      Comparison.sameBits(which, Samples.take(before, 0, sample),
          which + " after sample 0 changed", Samples.take(after, 0, sample));
    }
  }

  private static Tensor inTraining(Trial trial, Tensor x) {
    Workspace ws = new Workspace();
    ws.beginTraining(trial.contract.seed());
    return trial.layer.linearize(x, trial.theta, ws).output().copy();
  }
}
