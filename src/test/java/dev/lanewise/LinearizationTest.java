package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// The doors of pushes and pulls: how many directions, or what does not fit.
class LinearizationTest {

  private static final ParameterSpec SPEC =
      ParameterSpec.of(new ParameterSpec.Entry("scale", Shape.of(4), Initializer.zeros()));

  private final Shape x = Shape.of(2, 3);
  private final Tensor y = Tensor.zeros(Precision.FLOAT, 2, 4);
  private final Parameters theta = Parameters.zeros(SPEC, Precision.FLOAT);
  private final Tensor noTensor = Tensor.none();
  private final Parameters noParameters = Parameters.none();

  private static Tensor floats(int... dims) {
    return Tensor.zeros(Precision.FLOAT, dims);
  }

  private static Parameters directions(int chunk) {
    return Parameters.zeros(SPEC, Precision.FLOAT, chunk);
  }

  private int push(Tensor xDot, Parameters thetaDot, Tensor yDot) {
    return Linearization.requirePush("Owner", x, theta, y, xDot, thetaDot, yDot);
  }

  private int pull(Tensor yBar, Tensor xBar, Parameters thetaBar) {
    return Linearization.requirePull("Owner", x, theta, y, yBar, xBar, thetaBar);
  }

  private int pullDot(
      Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
    return Linearization.requirePullDot("Owner", x, theta, y, xDot, thetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
  }

  @Test
  void theChunkIsThatOfTheOutputs() {
    assertEquals(5, push(floats(5, 2, 3), directions(5), floats(5, 2, 4)));
    assertEquals(1, push(noTensor, noParameters, floats(1, 2, 4)));
    assertEquals(5, pull(floats(5, 2, 4), floats(5, 2, 3), directions(5)));
    assertEquals(1, pull(floats(1, 2, 4), noTensor, noParameters));
    assertEquals(5, pullDot(
        floats(5, 2, 3), directions(5), floats(1, 2, 4), floats(5, 2, 4), floats(5, 2, 3), directions(5)));
    assertEquals(2, pullDot(noTensor, noParameters, floats(1, 2, 4), floats(2, 2, 4), noTensor, noParameters));
  }

  @Test
  void pushesThatDoNotFit() {
    refused("yDot is none, expected FLOAT [chunk, …[2, 4]]", () -> push(floats(5, 2, 3), directions(5), noTensor));
    refused("yDot is FLOAT [2, 4], expected FLOAT [chunk, …[2, 4]]", () -> push(noTensor, noParameters, floats(2, 4)));
    refused("xDot is FLOAT [4, 2, 3], expected FLOAT [5, 2, 3]",
        () -> push(floats(4, 2, 3), noParameters, floats(5, 2, 4)));
    refused("xDot is DOUBLE [5, 2, 3], expected FLOAT [5, 2, 3]",
        () -> push(Tensor.zeros(Precision.DOUBLE, 5, 2, 3), noParameters, floats(5, 2, 4)));
    refused("thetaDot has 4 directions, expected 5", () -> push(noTensor, directions(4), floats(5, 2, 4)));
    refused("thetaDot has precision DOUBLE, expected FLOAT",
        () -> push(noTensor, directions(5).to(Precision.DOUBLE), floats(5, 2, 4)));
  }

  @Test
  void pullsThatDoNotFit() {
    refused("yBar is DOUBLE [5, 2, 4], expected FLOAT [chunk, …[2, 4]]",
        () -> pull(Tensor.zeros(Precision.DOUBLE, 5, 2, 4), noTensor, noParameters));
    refused("xBar is FLOAT [5, 3, 2], expected FLOAT [5, 2, 3]",
        () -> pull(floats(5, 2, 4), floats(5, 3, 2), noParameters));
    refused("thetaBar has 0 parameters, expected 1",
        () -> pull(floats(5, 2, 4), noTensor, Parameters.zeros(ParameterSpec.none(), Precision.FLOAT, 5)));
    refused("thetaBar has 1 parameters, expected 0", () -> Linearization.requirePull(
        "Owner", x, noParameters, y, floats(5, 2, 4), noTensor, directions(5)));
  }

  @Test
  void tangentsOfPullsThatDoNotFit() {
    Tensor yBar = floats(1, 2, 4);
    Tensor yBarDot = floats(5, 2, 4);
    refused("yBar is FLOAT [5, 2, 4], expected FLOAT [1, 2, 4]",
        () -> pullDot(noTensor, noParameters, yBarDot, yBarDot, noTensor, noParameters));
    refused("yBarDot is none, expected FLOAT [chunk, …[2, 4]]",
        () -> pullDot(noTensor, noParameters, yBar, noTensor, noTensor, noParameters));
    refused("xDot is FLOAT [1, 2, 3], expected FLOAT [5, 2, 3]",
        () -> pullDot(floats(1, 2, 3), noParameters, yBar, yBarDot, noTensor, noParameters));
    refused("xBarDot is FLOAT [5, 2, 4], expected FLOAT [5, 2, 3]",
        () -> pullDot(noTensor, noParameters, yBar, yBarDot, floats(5, 2, 4), noParameters));
    refused("thetaDot has 1 directions, expected 5",
        () -> pullDot(noTensor, directions(1), yBar, yBarDot, noTensor, noParameters));
    refused("thetaBarDot has 1 directions, expected 5",
        () -> pullDot(noTensor, noParameters, yBar, yBarDot, noTensor, directions(1)));
  }

  @Test
  void optionalParameters() {
    noParameters.requireOptional(theta, 3, "Owner", "thetaDot");
    directions(3).requireOptional(theta, 3, "Owner", "thetaDot");
    refused("thetaDot has 3 directions, expected 2",
        () -> directions(3).requireOptional(theta, 2, "Owner", "thetaDot"));
  }

  private static void refused(String message, Executable call) {
    assertEquals("Owner: " + message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
