package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.loss.LossTest;
import dev.lanewise.train.optimizer.BatchMethod;
import dev.lanewise.train.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Sets that are taken in slices, and the losses that are reported of them.
class LossPassTest {

  private static final int SAMPLES = 2500;

  /// y = x − mean of x over the samples, which needs them all at once; notes what it draws.
  private record Centre(boolean mixesSamples, List<Long> drawn) implements Layer {

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public ParameterSpec parameters() {
      return ParameterSpec.none();
    }

    @Override
    public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
      if (ws.isTraining()) {
        drawn.add(ws.nextDraw());
      }
      Tensor y = centred(x, x.shape().dim(0), x.shape().last());
      return new Linearization() {
        @Override
        public Tensor output() {
          return y;
        }

        @Override
        public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
          throw new UnsupportedOperationException();
        }

        @Override
        public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
          if (!xBar.isNone()) {
            xBar.copyFrom(centred(yBar, x.shape().dim(0), x.shape().last()).reshape(xBar.shape().toArray()));
          }
        }
      };
    }

    private Tensor centred(Tensor x, int rows, int columns) {
      Tensor y = x.copy().reshape(rows, columns);
      for (int column = 0; column < columns && mixesSamples; column++) {
        double mean = 0;
        for (int row = 0; row < rows; row++) {
          mean += y.get(row, column) / rows;
        }
        for (int row = 0; row < rows; row++) {
          y.set(row * columns + column, y.get(row, column) - mean);
        }
      }
      return y;
    }
  }

  private final Dataset set = new Dataset(
      LossTest.normal(Precision.DOUBLE, new Random(2), SAMPLES, 2),
      LossTest.normal(Precision.DOUBLE, new Random(3), SAMPLES, 1));

  @Test
  void aNetworkThatMixesSamplesTakesThemAllAtOnce() {
    Sequential network = Sequential.of(new Dense(2, 1), new Centre(true, new ArrayList<>()));
    Parameters theta = Parameters.initialize(network.parameters(), Precision.DOUBLE, 2);
    Parameters gradient = Parameters.zeros(theta.spec(), Precision.DOUBLE);
    Tensor outputs = network.forward(set.inputs(), theta, new Workspace()).copy();
    Tensor outputsBar = Tensor.zeros(Precision.DOUBLE, SAMPLES, 1);
    double loss = Loss.halfSquaredError().valueAndGradient(outputs, set.targets(), outputsBar);
    network.linearize(set.inputs(), theta, new Workspace())
        .vjp(outputsBar.reshape(1, SAMPLES, 1), Tensor.none(), gradient);
    LossPass pass = new LossPass(network, Loss.halfSquaredError(), theta, set, new Workspace());
    int[] order = new int[SAMPLES];
    for (int n = 0; n < SAMPLES; n++) {
      order[n] = SAMPLES - 1 - n;
    }
    Parameters whole = Parameters.zeros(theta.spec(), Precision.DOUBLE);
    Parameters ordered = Parameters.zeros(theta.spec(), Precision.DOUBLE);
    assertEquals(loss, pass.value(), 1e-13);
    assertEquals(loss, pass.gradient(whole, false, 0), 1e-13);
    assertEquals(loss, pass.gradient(order, 0, SAMPLES, ordered, 1), 1e-13);
    assertArrayEquals(gradient.flat().toDoubles(), whole.flat().toDoubles(), 1e-13);
    assertArrayEquals(gradient.flat().toDoubles(), ordered.flat().toDoubles(), 1e-13);
  }

  /// Slices are different samples: what one draws, such as a mask, is not what the next does.
  @Test
  void eachSliceDrawsItsOwn() {
    List<Long> drawn = new ArrayList<>();
    Sequential network = Sequential.of(new Dense(2, 1), new Centre(false, drawn));
    Parameters theta = Parameters.initialize(network.parameters(), Precision.DOUBLE, 2);
    Parameters gradient = Parameters.zeros(theta.spec(), Precision.DOUBLE);
    LossPass pass = new LossPass(network, Loss.halfSquaredError(), theta, set, new Workspace());
    pass.gradient(gradient, true, 77);
    assertEquals(3, drawn.size(), "slices");
    assertEquals(3, drawn.stream().distinct().count());
    int[] order = new int[SAMPLES];
    pass.gradient(order, 0, SAMPLES, gradient, 78);
    assertEquals(6, drawn.size(), "slices");
    assertEquals(6, drawn.stream().distinct().count());
  }

  /// 2²² numbers of its widest layer at once, which are 128 samples here.
  @Test
  void aNetworkWithAWideLayerTakesFewerSamplesAtOnce() {
    List<Long> drawn = new ArrayList<>();
    Sequential network = Sequential.of(new Dense(2, 1 << 15), new Dense(1 << 15, 1), new Centre(false, drawn));
    Parameters theta = Parameters.initialize(network.parameters(), Precision.FLOAT, 2);
    Parameters gradient = Parameters.zeros(theta.spec(), Precision.FLOAT);
    Dataset few = new Dataset(LossTest.normal(Precision.FLOAT, new Random(4), 300, 2),
        LossTest.normal(Precision.FLOAT, new Random(5), 300, 1));
    new LossPass(network, Loss.halfSquaredError(), theta, few, new Workspace()).gradient(gradient, true, 77);
    assertEquals(3, drawn.size(), "slices");
  }

  /// An epoch's loss is the mean over samples, not over batches or their sum; with a penalty it is the loss alone.
  @Test
  void theLossReportedIsTheMeanOverTheSamples() {
    Problem problem = Problem.of(Precision.DOUBLE);
    double mean = loss(problem);
    // 75 samples in batches of 32, 32 and 11 at a rate that moves nothing.
    TrainerOptions options = TrainerOptions.defaults().withOptimizer(Optimizer.sgd()).withRate(1e-300)
        .withBatches(Batches.shuffled(32)).withRegularization(Regularization.l2(0.1)).withEpochs(2);
    List<Double> losses = new ArrayList<>();
    problem.trainer(options).listenTo(p -> losses.add(p.loss())).run();
    assertEquals(2, losses.size());
    assertEquals(mean, losses.get(0), 1e-14);
    assertEquals(mean, losses.get(1), 1e-14);
  }

  private static double loss(Problem problem) {
    Tensor outputs = problem.network().forward(problem.set().inputs(), problem.theta(), new Workspace());
    return Loss.softmaxCrossEntropy().value(outputs, problem.set().targets());
  }

  @Test
  void theLossReportedOfAWholeSetMethodIsWithoutItsPenalty() {
    for (BatchMethod method : new BatchMethod[] {Optimizer.lbfgs(5), Optimizer.conjugateGradient()}) {
      Problem problem = Problem.of(Precision.DOUBLE);
      Regularization penalty = Regularization.l2(0.01);
      Trainer trainer = problem.trainer(TrainerOptions.defaults().withOptimizer(method).withRegularization(penalty));
      List<Double> losses = new ArrayList<>();
      trainer.listenTo(p -> losses.add(p.loss()));
      double cost = trainer.step();
      double loss = loss(problem);
      assertEquals(loss + penalty.penalty(problem.theta()), cost, 1e-13, method.toString());
      assertEquals(loss, losses.getFirst(), 1e-13, method.toString());
    }
  }
}
