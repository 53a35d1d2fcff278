package dev.lanewise.train.optimizer;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.train.optimizer.BatchMethodsTest.Method;
import java.util.function.ToDoubleBiFunction;

/// A function of doubles that is asked at points of a precision, and whose gradient is rounded to it.
record RoundedFunction(Tensor point, ToDoubleBiFunction<double[], double[]> valueAndGradient) implements Objective {

  static RoundedFunction of(
      Precision precision, ToDoubleBiFunction<double[], double[]> valueAndGradient, double... start) {
    return new RoundedFunction(Tensor.row(start).to(precision), valueAndGradient);
  }

  @Override
  public double valueAndGradient(Tensor gradient) {
    double[] slopes = new double[point.size()];
    double value = valueAndGradient.applyAsDouble(point.toDoubles(), slopes);
    gradient.copyFrom(Tensor.row(slopes).to(point.precision()));
    return value;
  }

  /// Lets a method iterate until it stalls, or `most` times.
  ///
  /// @return how often it did
  int minimise(Method m, int most) {
    OptimizerState state = OptimizerState.initial(m.method, point.precision(), point.size());
    int iterations = 0;
    while (iterations < most && !m.method.hasStalled(state)) {
      m.method.iterate(this, state);
      iterations++;
    }
    return iterations;
  }
}
