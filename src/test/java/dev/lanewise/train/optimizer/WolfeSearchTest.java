package dev.lanewise.train.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What a line search promises, and what it leaves behind.
class WolfeSearchTest {

  /// Both conditions, on functions that wall off, wave, and fall for long before they rise.
  @Test
  void stepsAreStrongWolfe() {
    Recorded.Formula wall = (x, gradient) -> {
      gradient[0] = x[0] < 2 ? 1 / (2 - x[0]) - 3 : Double.NaN;
      return x[0] < 2 ? -Math.log(2 - x[0]) - 3 * x[0] : Double.POSITIVE_INFINITY;
    };
    Recorded.Formula waves = (x, gradient) -> {
      gradient[0] = Math.cos(5 * x[0]) * 5 * 0.3 + 2 * (x[0] - 3) * 0.1;
      return Math.sin(5 * x[0]) * 0.3 + 0.1 * (x[0] - 3) * (x[0] - 3);
    };
    Recorded.Formula far = (x, gradient) -> {
      double t = x[0] / 1e6 - 1;
      gradient[0] = 4 * t * t * t / 1e6;
      return t * t * t * t;
    };
    for (Recorded.Formula function : new Recorded.Formula[] {wall, waves, far}) {
      for (double first : new double[] {1e-8, 0.1, 1, 50, 1e7}) {
        for (double curvature : new double[] {0.1, 0.9}) {
          Recorded f = new Recorded(function, 0.0);
          Tensor gradient = Tensor.row(0.0);
          double value = f.valueAndGradient(gradient);
          double slope = gradient.get(0);
          Tensor direction = Tensor.row(-Math.signum(slope));
          WolfeSearch search = new WolfeSearch(f, Tensor.row(0.0), direction, gradient, curvature);
          assertTrue(search.run(value, -Math.abs(slope), value, first));
          double decrease = 1e-4 * search.step() * Math.abs(slope);
          assertTrue(search.value() <= value - decrease, "sufficient decrease from " + first);
          assertTrue(Math.abs(gradient.get(0)) <= curvature * Math.abs(slope), "curvature from " + first);
          assertEquals(search.step() * direction.get(0), f.point().get(0));
        }
      }
    }
  }

  /// In front of a wall there is no strong Wolfe point: the best step found is taken, and value, gradient and point are
  /// those of it, whichever was tried last.
  @Test
  void withoutAWolfePointTheBestStepIsTaken() {
    Random random = new Random(1);
    for (int trial = 0; trial < 40; trial++) {
      double wall = random.nextDouble();
      Recorded f = new Recorded((x, g) -> {
        g[0] = -1 - x[0];
        return x[0] < wall ? -x[0] - x[0] * x[0] / 2 : Double.NaN;
      }, 0);
      Tensor gradient = Tensor.row(0.0);
      WolfeSearch search = new WolfeSearch(f, Tensor.row(0.0), Tensor.row(1.0), gradient, 0.1);
      assertTrue(search.run(0, -1, 0, 10 * random.nextDouble()));
      double x = search.step();
      assertEquals(wall, x, 0.05);
      assertEquals(f.points.stream().mapToDouble(p -> p[0]).filter(p -> p < wall).max().orElseThrow(), x);
      assertEquals(x, f.point().get(0));
      assertEquals(-x - x * x / 2, search.value());
      assertEquals(-1 - x, gradient.get(0));
    }
  }

  /// A first step that is less than half of the point's last place.
  @Test
  void aStepTooShortToMoveIsMadeLonger() {
    Recorded f = new Recorded((x, g) -> {
      g[0] = x[0] - 1e10 - 100;
      return g[0] * g[0] / 2;
    }, 1e10);
    WolfeSearch search = new WolfeSearch(f, Tensor.row(1e10), Tensor.row(1.0), Tensor.row(0.0), 0.1);
    assertTrue(search.run(5000, -100, 5000, 1e-8));
    assertEquals(1e10 + 100, f.point().get(0), 10);
    assertEquals(f.points.size(), f.points.stream().mapToDouble(p -> p[0]).distinct().count(), "none asked twice");
  }

  /// Behind the hill is another valley, flat at the step that is tried there, lower than the beginning, higher than
  /// where the search was.
  @Test
  void noValleyHigherThanTheBestStepIsTaken() {
    Recorded f = new Recorded((x, g) -> {
      double deep = 10 * Math.exp(-(x[0] - 1.5) * (x[0] - 1.5));
      double t = (x[0] - 3.0284) / 0.3;
      double shallow = 5 * Math.exp(-t * t);
      g[0] = 2 * (x[0] - 1.5) * deep + 2 * t / 0.3 * shallow;
      return -deep - shallow;
    }, 0);
    Tensor gradient = Tensor.row(0.0);
    double value = f.valueAndGradient(gradient);
    WolfeSearch search = new WolfeSearch(f, Tensor.row(0.0), Tensor.row(1.0), gradient, 0.1);
    assertTrue(search.run(value, gradient.get(0), value, 1));
    assertEquals(3, f.points.get(2)[0], "tried in the other valley");
    assertEquals(0, f.gradients.get(2)[0], 0.1, "where it is flat");
    assertEquals(1.5, search.step(), 0.2);
  }
}
