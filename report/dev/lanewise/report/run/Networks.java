package dev.lanewise.report.run;

import java.util.List;

/// The networks that profiles measure, by the names that the benchmarks give them.
final class Networks {

  private Networks() {}

  static final List<String> NETWORKS = List.of("digits-mlp", "digits-autoencoder", "diabetes-mlp");
  static final List<String> PLANNED = List.of(
      "4-64-64-64-2", "64-64-64-64-64", "16-64-64-64-1024", "1024-64-64-64-16", "512-64-64-64-512", "4-256-256-256-64",
      "256-256-256-256-256", "16-256-256-256-1024", "1024-256-256-256-16", "1024-256-256-256-1024",
      "digits-autoencoder", "784-1000-500-250-30-250-500-1000-784");
  /// Each a network to train, a colon, and the samples of a step.
  static final List<String> STEPS = List.of(
      "4-8-6-4-2:1", "4-8-6-4-2:32", "10-100-100-1:32", "64-32-16-10:32", "64-100-100-10:32", "784-300-100-10:32",
      "784-300-100-10:256", "784-1024-1024-10:256");
  /// Large networks, and networks whose step takes less than 200 µs.
  static final List<String> STEP_PEERS = List.of(
      "784-300-100-10:256", "784-1024-1024-10:256", "10-100-100-1:32", "64-100-100-10:32", "64-32-16-10:32",
      "4-8-6-4-2:32");
  /// Classifiers and decoders of images, LSTMs with many inputs and with many outputs.
  static final List<String> LAYERED = List.of(
      "1x28x28-conv8-pool-conv16-pool-dense10", "16-dense3136-4x28x28-conv8-conv1", "50x4-lstm16",
      "1x8x8-conv8-pool-conv16-pool-dense10", "16-dense256-4x8x8-conv8-conv1", "50x1-lstm100");
  static final List<String> LAYERED_STEPS = List.of(
      "cnn-8x8:1", "cnn-8x8:32", "cnn-28x28:1", "cnn-28x28:32", "lstm-50x2-64:1", "lstm-50x2-64:32");
  static final List<String> EXPRESSIONS = List.of("residual.256-16-256", "residual.64-64", "attention");
  static final List<String> PANELS = List.of("1024-64-64-16", "16-64-64-1024");
}
