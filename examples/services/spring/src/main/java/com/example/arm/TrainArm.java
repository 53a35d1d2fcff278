package com.example.arm;

import dev.lanewise.Activation;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.model.Mlp;
import dev.lanewise.model.Regressor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/// Writes the model file: the position of the hand of a two-link arm, from its two angles.
public final class TrainArm {

  private TrainArm() {}

  public static void main(String[] arguments) throws IOException {
    int rows = 2_000;
    Random random = new Random(1);
    Tensor angles = Tensor.zeros(Precision.FLOAT, rows, 2);
    Tensor places = Tensor.zeros(Precision.FLOAT, rows, 2);
    for (int row = 0; row < rows; row++) {
      double a = random.nextDouble(-1.5, 1.5);
      double b = random.nextDouble(-1.5, 1.5);
      angles.set(2 * row, a);
      angles.set(2 * row + 1, b);
      places.set(2 * row, Math.cos(a) + Math.cos(a + b));
      places.set(2 * row + 1, Math.sin(a) + Math.sin(a + b));
    }
    Regressor arm = Mlp.regression(2, 2).withHidden(32, 32).withActivation(Activation.TANH)
        .withTraining(training -> training.withEpochs(60)).fit(angles, places);
    arm.save(Path.of(arguments[0]));
    System.out.println("trained: " + arm.evaluate(angles, places));
  }
}
