/// A network as a chain of Jacobians, a bracketing of it, and the steps that multiply it out. Not exported.
///
/// In reading order:
/// - `Links`: a network's layers in order
/// - `Chain`: the factors that they make, at a point
/// - `Factor`: neighbouring layers that are one factor
/// - `ChainSum`: chains whose outputs add up, at a point
/// - `ChainFactor`: a factor's sizes, as the planner sees it
/// - `FactorName`: its name for people
/// - `Wanted`: which block of a Jacobian is wanted
/// - `Bracket`: the tree by which a chain is multiplied out
/// - `BracketDrawing`: that tree for people
/// - `Blocks`: how a Jacobian is cut into blocks of columns or rows
/// - `JacobianProgram`: a bracketing as steps on fixed memory
/// - `ChainJacobian`: a chain and its program, at one point after another
/// - `ProgramWriter`: turns a bracketing into steps
/// - `ChainWriter`: the steps of one chain, the network's or a branch's
/// - `SumWriter`: the steps of a sum
/// - `PanelWriter`: turns values into panels
/// - `Step`: one operation of a program
/// - `Panels`: the memory of intermediate matrices
/// - `Seeds`: panels of the identity
package dev.lanewise.autodiff.chain;
