/// Operations of layers with a structure of their own, on tensors of either precision, beside those of the contract.
///
/// As there, every operation checks shapes and precisions before it writes, and anyone's layer may use them.
///
/// In reading order:
/// - `Window`: what slides over an image: its size, stride, padding and dilation
package dev.lanewise.ops;
