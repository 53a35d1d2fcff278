package dev.lanewise.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The page with the pictures of all examples.
final class Page {

  private static final Map<String, String> PICTURES = new LinkedHashMap<>();

  static {
    PICTURES.put("iris", "Iris: the loss, until early stopping ends the training.");
    PICTURES.put("diabetes", "Diabetes: the loss, with the weight decay that cross-validation chose.");
    PICTURES.put("digits", "Digits as rows of pixels: the loss of a multilayer perceptron.");
    PICTURES.put("digit-images", "Digits as images: the loss of a convolutional network.");
    PICTURES.put("digit-saliency",
        "The Jacobian of its logits by pixels: what speaks for a digit, and what against it.");
    PICTURES.put("adding", "The adding problem: the loss of an LSTM.");
    PICTURES.put("adding-sensitivity",
        "The Jacobian of its last state by the inputs of each step: before training it vanishes.");
    PICTURES.put("residual-digits", "Digits by a residual network from an expression: the loss.");
    PICTURES.put("onnx-saliency",
        "A network from an ONNX file: a digit, and the pixels that its logit depends on most; "
        + "above, what it is and what the network says.");
    PICTURES.put("oscillator", "A physics-informed network: the square of u″ + u, by iterations of L-BFGS.");
    PICTURES.put("pendulum", "A pendulum's dynamics: the loss, by iterations of L-BFGS.");
  }

  private Page() {}

  /// Writes `folder`/index.html with those pictures that are there.
  ///
  /// @return where it is
  static Path write(Path folder) throws IOException {
    StringBuilder html = new StringBuilder("""
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <title>Lanewise: examples</title>
        <style>body { font: 16px system-ui,
        sans-serif; max-width: 60em; margin: 2em auto } img { max-width: 100% }</style>
        <h1>Examples</h1>
        """);
    for (var picture : PICTURES.entrySet()) {
      for (String kind : List.of(".svg", ".png")) {
        String file = picture.getKey() + kind;
        if (Files.exists(folder.resolve(file))) {
          html.append("<figure><img src=\"%s\" alt=\"\"><figcaption>%s</figcaption></figure>%n".formatted(file,
              picture.getValue()));
        }
      }
    }
    return Files.writeString(Files.createDirectories(folder).resolve("index.html"), html + "</html>\n");
  }
}
