/** Which workspace a call is about. */
import { DeniedError, InputError } from '../kernel/errors.ts';
import type { Principal } from '../kernel/operation.ts';

/** A workspace's own key or session means its workspace; the operator has to say which. */
export function chosenWorkspace(principal: Principal, named: string | undefined): string {
  if (principal.kind === 'workspace') {
    if (named !== undefined && named !== principal.workspace) {
      throw new DeniedError('foreign_workspace', 'This key or session belongs to another workspace.');
    }
    return principal.workspace;
  }
  if (named === undefined) {
    throw new InputError('workspace_missing', 'The operator must name the workspace.', {
      field: 'workspace',
    });
  }
  return named;
}
