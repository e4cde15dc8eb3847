import { redirect } from 'next/navigation'

/** The operator's place begins at the organizations. */
export default function OperatorPage() {
  redirect('/operator/organizations')
}
