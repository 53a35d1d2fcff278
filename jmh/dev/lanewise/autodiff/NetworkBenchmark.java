package dev.lanewise.autodiff;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.kernel.MultiplyAdds;
import dev.lanewise.kernel.SteadyState;
import dev.lanewise.kernel.TimedBenchmark;
import java.io.IOException;
import java.net.URISyntaxException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// Value and Jacobian of networks that another program trained, at a held-out row of their data, by either mode.
/// Sources: the README beside the networks.
public class NetworkBenchmark extends TimedBenchmark {

  @Param({"digits-mlp", "digits-autoencoder", "diabetes-mlp"})
  public String network;

  @Param({"FORWARD", "REVERSE"})
  public Mode mode;

  @Param("1")
  public int chunk;

  @Param("FLOAT")
  public Precision precision;

  private TimedJacobian timed;

  @Setup
  public void prepare() throws IOException, URISyntaxException {
    TrainedNetwork trained = TrainedNetwork.load(network, precision);
    timed = new TimedJacobian(trained.layers(), trained.theta(), trained.x(), chunk);
    timed.check(trained.jacobian(), precision == Precision.FLOAT ? 1e-5 : 1e-9);
    SteadyState.reach(() -> timed.compute(mode));
  }

  @Benchmark
  public Tensor jacobian(MultiplyAdds counted) {
    long before = timed.multiplyAdds();
    Tensor jacobian = timed.compute(mode);
    counted.multiplyAdds = timed.multiplyAdds() - before;
    return jacobian;
  }
}
