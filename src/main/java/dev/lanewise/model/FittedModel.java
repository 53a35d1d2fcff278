package dev.lanewise.model;

import dev.lanewise.Parameters;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.data.Imputer;
import dev.lanewise.train.data.Standardizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Shared by trained models of both tasks.
abstract sealed class FittedModel permits Regressor, Classifier {

  final FittedNetwork fitted;
  final FittedNetwork inference;
  private final Sequential network;
  private final Parameters theta;

  FittedModel(FittedNetwork fitted) {
    this.fitted = fitted;
    this.inference = fitted.forInference();
    this.network = fitted.whole();
    this.theta = Parameters.of(network.parameters(), fitted.theta().flat());
  }

  /// Writes the model to a file, or replaces one: at any time `path` holds either the whole old file or the whole new
  /// one. The file is in the safetensors format: parameters as `0.weight`, `0.bias`, …, standardizers as
  /// `standardize.mean`, `standardize.sd` and, of a regression's targets, `targets.mean`, `targets.sd`, numbers for
  /// missing values as `impute.values`, architecture and names as metadata.
  ///
  /// @throws IOException if it cannot be written; `path` is unchanged then
  public void save(Path path) throws IOException {
    ModelFile.write(fitted, path);
  }

  /// {@return the network's architecture}
  public Architecture architecture() {
    return fitted.architecture();
  }

  /// {@return the network from raw inputs to logits, or to outputs in the targets' units} If inputs are standardized
  /// its first layer is a [dev.lanewise.nn.Standardization], if targets are, its last one; the others are those of
  /// [Architecture#network()]. Its inputs and outputs have the model's precision, and lose by rounding what
  /// predictions, which standardize in double, keep. Its derivatives are those of the model, as means do not enter
  /// them.
  public Sequential network() {
    return network;
  }

  /// {@return the parameters of [#network()] under its names: if layer 0 standardizes, `1.weight` is the first} The
  /// flat tensor is also that of [Architecture#network()]. Not to be changed.
  public Parameters parameters() {
    return theta;
  }

  /// {@return the standardizer of inputs, if they are standardized}
  public Optional<Standardizer> inputs() {
    return fitted.inputs();
  }

  /// {@return the imputer of inputs, if they may have missing values}
  public Optional<Imputer> imputer() {
    return fitted.imputer();
  }

  /// {@return the names of features and outputs; those of a classifier's outputs are the classes'}
  public Names names() {
    return fitted.names();
  }
}
