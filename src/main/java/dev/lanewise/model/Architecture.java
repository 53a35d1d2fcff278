package dev.lanewise.model;

import dev.lanewise.nn.Sequential;

/// The shape of a recipe's network, which determines its layers and the shape of a sample.
///
/// | task           | outputs of the last layer | then                       |
/// |----------------|---------------------------|----------------------------|
/// | REGRESSION     | one for each number       | nothing: unbounded         |
/// | CLASSIFICATION | one logit for each class  | softmax, equation 47       |
///
/// Slides, "Regression MLP architecture" and "Classification MLP architecture".
public sealed interface Architecture permits MlpArchitecture, CnnArchitecture, SequenceArchitecture {

  /// What is predicted.
  enum Task {
    /// Numbers.
    REGRESSION,
    /// One of several classes.
    CLASSIFICATION
  }

  /// {@return what is predicted}
  Task task();

  /// {@return how many numbers a sample of inputs has, or of a sequence each of its steps}
  int features();

  /// {@return the number of outputs: of numbers or of classes}
  int outputs();

  /// {@return the layers, from standardized inputs to standardized numbers or logits}
  Sequential network();
}
