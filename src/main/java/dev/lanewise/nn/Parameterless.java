package dev.lanewise.nn;

import dev.lanewise.Layer;
import dev.lanewise.ParameterSpec;

/// A layer without parameters.
interface Parameterless extends Layer {

  @Override
  default ParameterSpec parameters() {
    return ParameterSpec.none();
  }
}
