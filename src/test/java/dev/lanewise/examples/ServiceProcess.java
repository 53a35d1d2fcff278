package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A service in a process of its own, which ends with its children when it is closed.
record ServiceProcess(Process process, int port, HttpClient client) implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int MOST_TURNS = 1_000;

  /// Waits until it says on which port it listens, and that it is ready.
  static ServiceProcess start(Path folder, List<String> command, Map<String, String> environment, Pattern port,
      String ready)
      throws IOException {
    Process process = process(folder, command, environment).start();
    StringBuilder printed = new StringBuilder();
    String listens = null;
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      printed.append(line).append('\n');
      Matcher said = port.matcher(line);
      listens = said.find() ? said.group(1) : listens;
      if (listens != null && line.contains(ready)) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> { }));
        return new ServiceProcess(process, Integer.parseInt(listens), HttpClient.newHttpClient());
      }
    }
    throw new AssertionError(command + " ended and printed " + printed);
  }

  /// @return what it printed
  static String run(Path folder, List<String> command) throws IOException, InterruptedException {
    Process process = process(folder, command, Map.of()).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> command + " printed " + printed);
    return printed;
  }

  private static ProcessBuilder process(Path folder, List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.environment().putAll(environment);
    return builder;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  /// Asks again while the service says that it is not available yet.
  HttpResponse<String> getWhenReady(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    for (int turn = 0; answer.statusCode() == 503 && turn < MOST_TURNS; turn++) {
      answer = get(path);
    }
    return answer;
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send(request(path).header("Content-Type",
        "application/json").POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.shutdownNow();
    List<ProcessHandle> all = process.descendants().toList();
    process.destroy();
    all.forEach(ProcessHandle::destroy);
    process.onExit().completeOnTimeout(process, PATIENCE.toSeconds(), TimeUnit.SECONDS).join().destroyForcibly();
  }
}
