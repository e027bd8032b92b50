<?xml version="1.0" encoding="UTF-8"?>
<!-- clearance/bill-of-lading.html: the face by the positions of CATALOGUE-B 6.4, riders, checking annex. The tree is that
     of stages/pages/page-lading.c: page/face has one element per field of the paper (stages/drafts/lading.h), each with
     name, line*, and a part with the form open where somebody else fills it. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:include href="frame.xsl"/>

  <xsl:template match="/page">
    <html lang="{/page/@lang}">
      <xsl:call-template name="head"/>
      <body class="sheets">
        <xsl:call-template name="header"/>
        <main id="main">
          <div class="screen"><xsl:call-template name="outcome"/></div>
          <xsl:for-each select="face"><xsl:call-template name="face"/></xsl:for-each>
          <xsl:for-each select="rider"><xsl:call-template name="rider"/></xsl:for-each>
          <xsl:for-each select="annex"><xsl:call-template name="annex"/></xsl:for-each>
        </main>
        <xsl:call-template name="footer"/>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="lines">
    <xsl:for-each select="line"><xsl:value-of select="."/><br/></xsl:for-each>
    <xsl:call-template name="parts"/>
  </xsl:template>

  <xsl:template name="field"><dt><xsl:value-of select="name"/></dt><dd><xsl:call-template name="lines"/></dd></xsl:template>

  <xsl:template name="face">
    <article class="sheet face" aria-labelledby="bl">
      <p class="banner" lang="en"><xsl:value-of select="$words/banner"/></p>
      <h2 class="title" id="bl"><xsl:value-of select="$words/sheet"/></h2>
      <dl class="paper">
        <xsl:for-each select="shipper"><div class="w2 r2"><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="blNumber"><div><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="booking"><div><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="references"><div class="w2"><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="consignee"><div class="w2 r2"><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="forwarder"><div class="w2"><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="origin"><div class="w2"><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="notify"><div class="w2"><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="alsoNotify"><div><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="deliveryAgent"><div><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="preCarriage"><div><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="placeOfReceipt"><div><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="kind"><div class="w2 r3"><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="vessel"><div><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="portOfLoading"><div><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="portOfDischarge"><div><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="placeOfDelivery"><div><xsl:call-template name="field"/></div></xsl:for-each>
      </dl>
      <div class="scroll" role="group" tabindex="0" aria-label="{$words/particulars}">
        <table class="goods">
          <thead><tr><th scope="col"><xsl:value-of select="marks/name"/></th><th scope="col"><xsl:value-of select="description/name"/></th><th scope="col" class="num"><xsl:value-of select="grossMass/name"/></th><th scope="col" class="num"><xsl:value-of select="measurement/name"/></th></tr></thead>
          <tbody><tr>
            <td><xsl:for-each select="marks"><xsl:call-template name="lines"/></xsl:for-each></td>
            <td><xsl:for-each select="description"><xsl:call-template name="lines"/></xsl:for-each></td>
            <td class="num"><xsl:for-each select="grossMass"><xsl:call-template name="lines"/></xsl:for-each></td>
            <td class="num"><xsl:for-each select="measurement"><xsl:call-template name="lines"/></xsl:for-each></td>
          </tr></tbody>
        </table>
      </div>
      <dl class="paper">
        <xsl:for-each select="total"><div class="w4"><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="freight"><div class="w2"><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="issue"><div class="w2"><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="prepaidAt"><div><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="payableAt"><div><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="onBoard"><div class="w2"><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="declaredValue"><div><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="originals"><div><xsl:call-template name="field"/></div></xsl:for-each>
        <xsl:for-each select="signature"><div class="w2"><xsl:call-template name="field"/></div></xsl:for-each>
      </dl>
      <p class="foot"><span><xsl:value-of select="/page/attached"/></span><span><xsl:value-of select="/page/fingerprint"/></span><span><xsl:value-of select="/page/page"/></span></p>
    </article>
  </xsl:template>

  <xsl:template name="rider">
    <article class="sheet" aria-labelledby="rider-{@n}">
      <p class="banner" lang="en"><xsl:value-of select="$words/banner"/></p>
      <h2 class="title" id="rider-{@n}"><xsl:value-of select="title"/></h2>
      <div class="scroll" role="group" tabindex="0" aria-labelledby="rider-{@n}">
        <table class="list">
          <thead><tr><th scope="col"><xsl:value-of select="$words/marks"/></th><th scope="col"><xsl:value-of select="$words/container"/></th><th scope="col"><xsl:value-of select="$words/packages"/></th><th scope="col"><xsl:value-of select="$words/description"/></th><th scope="col" class="num"><xsl:value-of select="$words/gross"/></th></tr></thead>
          <tbody>
            <xsl:for-each select="row">
              <tr><td><xsl:value-of select="marks"/></td><td><xsl:value-of select="container"/></td><td><xsl:value-of select="packages"/></td><td class="wrap"><xsl:value-of select="description"/></td><td class="num"><xsl:value-of select="gross"/></td></tr>
            </xsl:for-each>
          </tbody>
          <xsl:if test="sum"><tfoot><tr><th scope="row"><xsl:value-of select="$words/sum"/></th><td/><td/><td/><td class="num"><xsl:value-of select="sum"/></td></tr></tfoot></xsl:if>
        </table>
      </div>
      <p class="foot"><span><xsl:value-of select="title"/></span><span><xsl:value-of select="/page/fingerprint"/></span><span><xsl:value-of select="page"/></span></p>
    </article>
  </xsl:template>

  <xsl:template name="annex">
    <article class="sheet" aria-labelledby="annex">
      <h2 class="title" id="annex"><xsl:value-of select="$words/annex"/></h2>
      <div class="scroll" role="group" tabindex="0" aria-labelledby="annex">
        <table class="list">
          <thead><tr><th scope="col"><xsl:value-of select="$words/fieldName"/></th><th scope="col"><xsl:value-of select="$words/value"/></th><th scope="col"><xsl:value-of select="$words/from"/></th><th scope="col"><xsl:value-of select="$words/rules"/></th></tr></thead>
          <tbody>
            <xsl:for-each select="check">
              <tr><th scope="row"><xsl:value-of select="name"/></th><td class="wrap"><xsl:value-of select="value"/></td><td class="wrap"><xsl:value-of select="from"/></td><td><span class="rule"><xsl:value-of select="rules"/></span></td></tr>
            </xsl:for-each>
          </tbody>
        </table>
      </div>
      <xsl:if test="open">
        <h2 id="open"><xsl:value-of select="$words/openFields"/></h2>
        <div class="scroll" role="group" tabindex="0" aria-labelledby="open">
          <table class="list">
            <thead><tr><th scope="col"><xsl:value-of select="$words/fieldName"/></th><th scope="col"><xsl:value-of select="$words/fills"/></th></tr></thead>
            <tbody><xsl:for-each select="open"><tr><th scope="row"><xsl:value-of select="@name"/></th><td><xsl:value-of select="."/></td></tr></xsl:for-each></tbody>
          </table>
        </div>
      </xsl:if>
    </article>
  </xsl:template>
</xsl:stylesheet>
