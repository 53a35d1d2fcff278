/// The contract: what a layer is, what it computes with, and where results live.
///
/// A [Layer][dev.lanewise.Layer] linearizes; its [Linearization][dev.lanewise.Linearization] pushes tangents and pulls
/// cotangents; [Ops][dev.lanewise.Ops] does the arithmetic in either [Precision][dev.lanewise.Precision].
package dev.lanewise;

