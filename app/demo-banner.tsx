import { Banner } from '#components/shell/banner'
import { TextLink } from '#components/ui/text-link'
import { getDeployment } from '#lib/domain/organizations/get-deployment'
import { shown } from '#lib/gateways/console/refuse'

/** Says on every page of a demo that nothing here is real; draws nothing in production. */
export async function DemoBanner() {
  const { purpose } = await shown(getDeployment())
  if (purpose !== 'demo' && purpose !== 'development') return null
  return (
    <aside aria-label="About this deployment">
      <Banner>
        Demo: the people, organizations and apps here are invented. Nothing leaves this machine; mail lands in
        the{' '}
        <TextLink href="/demo/mailbox" underlined>
          mailbox
        </TextLink>
        .
      </Banner>
    </aside>
  )
}
