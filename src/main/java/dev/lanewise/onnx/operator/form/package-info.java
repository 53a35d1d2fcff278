/// Operators that move elements, and those whose values are known when the file is read.
///
/// In reading order:
/// - `FormOperators`: which there are
/// - `Constants`: what is known when the file is read
/// - `Casts`: elements of another type
/// - `Arranged`: values in another arrangement
/// - `Lengths`: lengths of axes that are told by integers
/// - `Forms`: the same elements in another form
/// - `Reshapes`: the same elements under other dims, and which of these is the batch's
/// - `Expansions`: more elements than before
/// - `Padding`: a value while it is padded
/// - `Parts`: cutting along axes
/// - `Gathers`: looking up
/// - `Joins`: one behind the other
package dev.lanewise.onnx.operator.form;
