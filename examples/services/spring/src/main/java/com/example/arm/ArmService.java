package com.example.arm;

import dev.lanewise.Lanewise;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.PreparedJacobians;
import dev.lanewise.model.Regressor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// A Spring Boot service on the class path: a model from its file, its predictions and Jacobians.
///
/// ```
/// mvn package && ./start.sh                                   # the fat jar with its flag; or: mvn spring-boot:run
/// curl localhost:8080/jacobian -H 'Content-Type: application/json' -d '{"x": [0.3, 0.5]}'
/// curl localhost:8080/actuator/health                         # which kernels run, and why
/// ```
///
/// The flag is `--add-modules jdk.incubator.vector`: in `start.sh`, in the plugin's `jvmArguments`, or in
/// `JDK_JAVA_OPTIONS`, which any `java` heeds. A jar's manifest has no attribute for it, and an agent named there
/// (`Launcher-Agent-Class`) comes too late: modules are resolved before. Without the flag everything works, on the
/// portable kernels. These also run unless the plugin's `optimizedLaunch` is turned off, because that option turns C2
/// off.
@SpringBootApplication
public class ArmService {

  public static void main(String[] arguments) {
    SpringApplication.run(ArmService.class, arguments);
  }

  @Bean
  Regressor model(@Value("${model}") Path file) throws IOException {
    return Regressor.load(file);
  }

  /// One for each processor: more threads than those at a time make nothing faster.
  @Bean
  PreparedJacobians jacobians(Regressor model) {
    Parameters theta = model.parameters();
    Shape input = Shape.of(1, 2);
    return PreparedJacobians.of(model.network(), theta, input, Runtime.getRuntime().availableProcessors());
  }

  /// In `lanewise` of the health page. [Lanewise#requireVectors()] in `main` would refuse to start where the flag was
  /// forgotten.
  @Bean
  HealthIndicator lanewise() {
    return () -> {
      Health.Builder health = Health.up();
      Lanewise.describe().lines().map(line -> line.split(": ", 2)).forEach(line -> health.withDetail(line[0], line[1]));
      return health.build();
    };
  }

  record Request(double[] x) {}

  record Prediction(double[] y) {}

  record Derivative(double[] y, double[][] jacobian) {}

  @RestController
  static class Doors {

    private final Regressor model;
    private final PreparedJacobians jacobians;

    Doors(Regressor model, PreparedJacobians jacobians) {
      this.model = model;
      this.jacobians = jacobians;
    }

    @PostMapping("/predict")
    Prediction predict(@RequestBody Request request) {
      return new Prediction(model.predict(row(request)).toDoubles());
    }

    @PostMapping("/jacobian")
    Derivative jacobian(@RequestBody Request request) throws InterruptedException, TimeoutException {
      Tensor x = row(request).to(model.parameters().precision());
      Tensor y = Tensor.zeros(x.precision(), 1, 2);
      Tensor jacobian = Tensor.zeros(x.precision(), 2, 2);
      try (PreparedJacobians.Lease lease = jacobians.borrow(Duration.ofSeconds(1))) {
        lease.at(x, y, jacobian);
      }
      double[][] rows = {jacobian.slice(0, 1).toDoubles(), jacobian.slice(1, 1).toDoubles()};
      return new Derivative(y.toDoubles(), rows);
    }

    private static Tensor row(Request request) {
      if (request.x() == null) {
        throw new IllegalArgumentException("the request has no x");
      }
      return Tensor.of(request.x(), 1, request.x().length);
    }

    /// The library's refusals, with its messages.
    @ExceptionHandler(IllegalArgumentException.class)
    @ResponseStatus(HttpStatus.BAD_REQUEST)
    Map<String, String> refused(IllegalArgumentException refusal) {
      return Map.of("error", refusal.getMessage());
    }

    @ExceptionHandler(TimeoutException.class)
    @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
    Map<String, String> busy(TimeoutException busy) {
      return Map.of("error", busy.getMessage());
    }
  }
}
