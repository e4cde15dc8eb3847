import { CodeBlock } from '#components/ui/code-block'
import { Section } from '#components/ui/section'
import { TextLink } from '#components/ui/text-link'
import { environment } from '#lib/base/env'
import { ownedAppsPath } from '../../paths.ts'

/** A token in three lines, and the first question to ask with it. */
export function GetToken({ organizationId }: { organizationId: string }) {
  const { publicUrl } = environment()
  const lines = [
    'ID=…; SECRET=…   # of an app that acts on its own behalf',
    `TOKEN=$(curl -s -u "$ID:$SECRET" -d grant_type=client_credentials ${publicUrl}/oauth/token | jq -r .access_token)`,
    `curl -H "Authorization: Bearer $TOKEN" ${publicUrl}/api/v1/me`,
  ]
  return (
    <Section
      title="Get a token"
      hint={
        <>
          <TextLink href={`${ownedAppsPath(organizationId)}/new`} underlined>
            Create an app
          </TextLink>{' '}
          that acts on its own behalf, and choose for each scope where it counts. A token is good for an hour.
        </>
      }
    >
      <CodeBlock label="Commands" code={lines.join('\n')} />
    </Section>
  )
}
