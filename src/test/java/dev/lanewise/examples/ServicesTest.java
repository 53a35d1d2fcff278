package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.kernel.lanes.VirtualMachine;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The services under `examples/services`, as their users have them: each a project of its own, built against the
/// library as it is installed, started as a process of its own, and called. By `mvn -Pservices verify`.
@Tag("services")
class ServicesTest {

  private static final String FLAG = "--add-modules=jdk.incubator.vector";
  private static final Pattern TOMCAT = Pattern.compile("Tomcat started on port (\\d+)");
  private static final Pattern LISTENING = Pattern.compile("listening on port (\\d+)");

  private static Path spring;
  private static Path control;
  private static Path virtual;

  @BeforeAll
  static void build() throws Exception {
    SampleProjects projects = new SampleProjects();
    spring = projects.build("spring");
    control = projects.build("control");
    virtual = projects.build("virtual");
  }

  /// Which way the flag goes, and which kernels run then.
  @ParameterizedTest
  @CsvSource({"start.sh, to vectors", "JDK_JAVA_OPTIONS, to vectors", "spring-boot:run, to vectors",
      "no flag, portable"})
  void springBoot(String way, String kernels) throws Exception {
    assumeTrue(VirtualMachine.hasVectors());
    try (ServiceProcess service = ServiceProcess.start(spring, springBoot(way), environment(way), TOMCAT,
        "Started ArmService")) {
      JsonNode health = json(service.getWhenReady("/actuator/health"));
      assertEquals("UP", health.get("status").asString(), health::toString);
      String described = health.at("/components/lanewise/details/kernels").asString();
      assertTrue(described.contains(kernels), described);
      assertArm(service, 0.3, 0.5);
      assertArm(service, -1, 0.9);
      HttpResponse<String> refused = service.post("/jacobian", "{\"x\": [1, 2, 3]}");
      assertEquals(400, refused.statusCode());
      assertTrue(refused.body().contains("3"), refused::body);
      assertEquals(400, service.post("/predict", "{}").statusCode());
    }
  }

  private static List<String> springBoot(String way) {
    List<String> jar = List.of(SampleProjects.java(), "-jar", "target/arm-service-1.0.0.jar", "--server.port=0");
    return switch (way) {
      case "start.sh" -> List.of("./start.sh", "--server.port=0");
      case "spring-boot:run" -> SampleProjects.maven("-Dspring-boot.run.arguments=--server.port=0", "spring-boot:run");
      default -> jar;
    };
  }

  private static Map<String, String> environment(String way) {
    return way.equals("JDK_JAVA_OPTIONS") ? Map.of(way, FLAG) : Map.of();
  }

  /// The network has learnt an arm's two links of length 1; its Jacobian is near the arm's.
  private static void assertArm(ServiceProcess service, double a, double b) throws Exception {
    String request = "{\"x\": [" + a + ", " + b + "]}";
    JsonNode predicted = json(service.post("/predict", request)).get("y");
    JsonNode derived = json(service.post("/jacobian", request));
    double[] place = {Math.cos(a) + Math.cos(a + b), Math.sin(a) + Math.sin(a + b)};
    double[][] jacobian = {{-place[1], -Math.sin(a + b)}, {place[0], Math.cos(a + b)}};
    for (int row = 0; row < 2; row++) {
      assertEquals(place[row], predicted.get(row).asDouble(), 0.1, predicted::toString);
      assertEquals(predicted.get(row).asDouble(), derived.get("y").get(row).asDouble(), 1e-4, derived::toString);
      for (int column = 0; column < 2; column++) {
        assertEquals(jacobian[row][column], derived.get("jacobian").get(row).get(column).asDouble(), 0.3,
            derived::toString);
      }
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer::body);
    return JsonMapper.builder().build().readTree(answer.body());
  }

  /// No time is asserted: other builds may be running. What it prints stands in the log.
  @ParameterizedTest
  @ValueSource(strings = {"at once", "warm"})
  void controlLoopInAnImage(String start) throws Exception {
    assumeTrue(VirtualMachine.hasVectors());
    String printed = ServiceProcess.run(control, List.of("target/image/bin/control", "2", start));
    System.out.print(printed);
    assertTrue(Pattern.compile(
        "all calls +p50 [\\d.]+ µs, p99 [\\d.]+ µs, p99.9 [\\d.]+ µs, longest [\\d.]+ µs, \\d+ of 2000 over 1 ms")
        .matcher(printed).find(), printed);
    Matcher distances = Pattern.compile("wished for: ([\\d.]+), at first ([\\d.]+)").matcher(printed);
    assertTrue(distances.find(), printed);
    assertTrue(Double.parseDouble(distances.group(1)) < 0.1 * Double.parseDouble(distances.group(2)), printed);
    String modules = ServiceProcess.run(control, List.of("target/image/bin/java", "--list-modules"));
    assertEquals(Set.of("com.example.control", "dev.lanewise", "java.base", "java.management", "jdk.incubator.vector",
        "jdk.management"),
        Set.copyOf(modules.lines().filter(line -> !line.startsWith("WARNING")).map(line -> line.replaceAll("@.*",
        "")).toList()));
  }

  /// While θ is swapped, each answer is that of one of the two, bit by bit.
  @Test
  void virtualThreadsShareOneNetwork() throws Exception {
    String classPath = "target/*" + File.pathSeparator + "target/lib/*";
    List<String> command = List.of(SampleProjects.java(), FLAG, "-cp", classPath,
        "com.example.jacobians.JacobianServer", "0");
    try (ServiceProcess service = ServiceProcess.start(virtual, command, Map.of(), LISTENING, "listening");
        ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
      String first = answer(service, "1");
      String second = answer(service, "2");
      assertNotEquals(first, second);
      assertEquals(4, first.lines().count(), first);
      AtomicBoolean done = new AtomicBoolean();
      Future<?> publisher = users.submit((Callable<Void>) () -> {
        for (int turn = 0; !done.get(); turn++) {
          service.post("/theta", turn % 2 == 0 ? "1" : "2");
        }
        return null;
      });
      List<Future<Set<String>>> requests = new ArrayList<>();
      for (int user = 0; user < 32; user++) {
        requests.add(users.submit(() -> answers(service)));
      }
      for (Future<Set<String>> request : requests) {
        Set<String> answers = request.get();
        assertTrue(Set.of(first, second).containsAll(answers), answers::toString);
      }
      done.set(true);
      publisher.get();
      assertAll(
          () -> assertEquals(400, service.post("/jacobian", "1 2 three 4").statusCode()),
          () -> assertEquals(400, service.post("/jacobian", "1 2 3").statusCode()),
          () -> assertEquals(400, service.post("/theta", "").statusCode()));
    }
  }

  private static String answer(ServiceProcess service, String theta) throws Exception {
    assertEquals(200, service.post("/theta", theta).statusCode());
    return service.post("/jacobian", "0.1 0.2 0.3 0.4").body();
  }

  private static Set<String> answers(ServiceProcess service) throws IOException, InterruptedException {
    Set<String> answers = new HashSet<>();
    for (int request = 0; request < 50; request++) {
      HttpResponse<String> answer = service.post("/jacobian", "0.1 0.2 0.3 0.4");
      assertEquals(200, answer.statusCode(), answer::body);
      answers.add(answer.body());
    }
    return answers;
  }
}
