package com.example.jacobians;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.lanewise.Activation;
import dev.lanewise.Lanewise;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.PreparedJacobians;
import dev.lanewise.autodiff.PublishedParameters;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// A server with a virtual thread for each request. All share one network and one θ, and borrow a Jacobian from a pool
/// with one per processor. The others wait, first come, first served, which costs a virtual thread nothing.
///
/// ```
/// mvn package && java --add-modules jdk.incubator.vector -cp 'target/*:target/lib/*' \
///     com.example.jacobians.JacobianServer 8080
/// curl localhost:8080/jacobian -d '0.1 0.2 0.3 0.4'      # y, then J by rows
/// curl localhost:8080/theta -d 7                         # another θ, by its seed, for requests from now on
/// ```
///
/// Each answer belongs to one θ: the one published last when the request's turn came.
public final class JacobianServer {

  private static final int IN = 4;
  private static final int OUT = 3;
  private static final int MOST_BYTES = 10_000;

  private final Sequential network = Sequential.of(
      new Dense(IN, 32, Activation.TANH), new Dense(32, 32, Activation.TANH), new Dense(32, OUT));
  private final PublishedParameters theta = PublishedParameters.of(network, parameters(1));
  private final PreparedJacobians pool = PreparedJacobians.of(theta, Tensor.zeros(Precision.DOUBLE, 1, IN).shape(),
          Runtime.getRuntime().availableProcessors());

  private JacobianServer() {}

  public static void main(String[] arguments) throws IOException {
    JacobianServer jacobians = new JacobianServer();
    int port = arguments.length == 0 ? 8080 : Integer.parseInt(arguments[0]);
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/jacobian", answering(jacobians::jacobian));
    server.createContext("/theta", answering(jacobians::publish));
    server.start();
    System.out.println(Lanewise.describe());
    System.out.println("listening on port " + server.getAddress().getPort());
  }

  private Parameters parameters(long seed) {
    return Parameters.initialize(network.parameters(), Precision.DOUBLE, seed);
  }

  private String jacobian(String body) throws InterruptedException, TimeoutException {
    double[] numbers = Arrays.stream(body.strip().split("\\s+")).mapToDouble(Double::parseDouble).toArray();
    Tensor x = Tensor.of(numbers, 1, numbers.length);
    Tensor y = Tensor.zeros(Precision.DOUBLE, 1, OUT);
    Tensor jacobian = Tensor.zeros(Precision.DOUBLE, OUT, IN);
    try (PreparedJacobians.Lease lease = pool.borrow(Duration.ofSeconds(1))) {
      lease.at(x, y, jacobian);
    }
    StringBuilder lines = new StringBuilder(line(y));
    for (int row = 0; row < OUT; row++) {
      lines.append(line(jacobian.slice(row, 1)));
    }
    return lines.toString();
  }

  private String publish(String body) {
    long seed = Long.parseLong(body.strip());
    theta.publish(parameters(seed));
    return "theta by seed " + seed + "\n";
  }

  private static String line(Tensor row) {
    return Arrays.stream(row.toDoubles()).mapToObj(Double::toString).collect(Collectors.joining(" ", "", "\n"));
  }

  private interface Answer {

    String to(String body) throws InterruptedException, TimeoutException;
  }

  private static HttpHandler answering(Answer answer) {
    return exchange -> {
      try (exchange) {
        String body = new String(exchange.getRequestBody().readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        try {
          send(exchange, 200, answer.to(body));
        } catch (IllegalArgumentException refused) {
          send(exchange, 400, refused.getMessage() + "\n");
        } catch (TimeoutException | InterruptedException busy) {
          send(exchange, 503, busy.getMessage() + "\n");
        }
      }
    };
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
